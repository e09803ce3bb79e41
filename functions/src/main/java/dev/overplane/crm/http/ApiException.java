package dev.overplane.crm.http;

import java.io.Serial;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A request that cannot be served, and what to tell the client. Thrown wherever that turns out, caught in one
/// place, and cheap: it carries no stack trace, since it tells of the client's request and not of our code.
public final class ApiException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    private final ErrorCode code;
    private final @Nullable String param;

    /// @param code which error it is
    /// @param param the one parameter at fault, if there is one
    /// @param message what to do about it, in one sentence
    public ApiException(ErrorCode code, @Nullable String param, String message) {
        super(message, null, false, false);
        this.code = code;
        this.param = param;
    }

    /// A parameter, header or body member has a value that it must not have.
    public static ApiException invalid(String param, String message) {
        return new ApiException(ErrorCode.PARAMETER_INVALID, param, message);
    }

    /// The object does not exist, or not for this caller: the two are told in the same words.
    public static ApiException missing() {
        return new ApiException(ErrorCode.RESOURCE_MISSING, null, "There is no such market segment: check its id.");
    }

    /// The object has changed since the caller read it.
    public static ApiException changed() {
        return new ApiException(
                ErrorCode.PRECONDITION_FAILED,
                "If-Match",
                "The market segment has changed since: retrieve it and send its present ETag in If-Match.");
    }

    /// Which error it is.
    public ErrorCode code() {
        return code;
    }

    /// The one parameter at fault, if there is one.
    public @Nullable String param() {
        return param;
    }

    /// What to do about it, in one sentence.
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
