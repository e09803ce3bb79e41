package dev.overplane.crm.http;

import java.io.Serial;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An error response. Any code at the edge throws it, one place catches it. It carries no stack trace, because
/// it describes the client's request and not our code.
///
/// Immutable.
public final class ApiException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    private final ErrorCode code;
    private final @Nullable String param;

    /// @param code which error it is
    /// @param param the one query parameter, header or body member at fault, or `null`
    /// @param message one sentence that says what the client should do
    public ApiException(ErrorCode code, @Nullable String param, String message) {
        super(message, null, false, false);
        this.code = code;
        this.param = param;
    }

    /// The error of a query parameter, header or body member with a value that is not allowed.
    public static ApiException invalid(String param, String message) {
        return new ApiException(ErrorCode.PARAMETER_INVALID, param, message);
    }

    /// The error of a query parameter or body member that the operation does not know. It is named if
    /// [ParameterName#repeatable] allows.
    static ApiException unknown(String name, String message) {
        return new ApiException(
                ErrorCode.PARAMETER_UNKNOWN, ParameterName.repeatable(name).orElse(null), message);
    }

    /// Which error it is.
    public ErrorCode code() {
        return code;
    }

    /// The one query parameter, header or body member at fault, or `null`.
    public @Nullable String param() {
        return param;
    }

    /// One sentence that says what the client should do.
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
