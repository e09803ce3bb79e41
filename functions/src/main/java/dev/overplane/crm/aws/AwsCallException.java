package dev.overplane.crm.aws;

import java.io.Serial;

/// A call to a service got no answer. The service may have done what it was asked for.
public final class AwsCallException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    AwsCallException(String message, Throwable cause) {
        super(message, cause);
    }
}
