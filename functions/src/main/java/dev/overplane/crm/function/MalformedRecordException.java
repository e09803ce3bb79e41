package dev.overplane.crm.function;

import java.io.Serial;

/// A stream record is not about an item as this code writes it. The message names what is wrong, and holds no
/// value of a client's.
final class MalformedRecordException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    MalformedRecordException(String problem) {
        super(problem);
    }
}
