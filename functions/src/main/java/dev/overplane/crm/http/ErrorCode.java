package dev.overplane.crm.http;

import java.util.Locale;

/// The closed catalogue of errors that a function answers; those that API Gateway answers by itself stand in
/// the template.
public enum ErrorCode {
    BODY_INVALID(400, "invalid_request_error"),
    PARAMETER_INVALID(400, "invalid_request_error"),
    PARAMETER_UNKNOWN(400, "invalid_request_error"),
    PARAMETER_CONFLICT(400, "invalid_request_error"),
    API_KEY_INVALID(401, "authentication_error"),
    API_KEY_READ_ONLY(403, "permission_error"),
    RESOURCE_MISSING(404, "invalid_request_error"),
    IDEMPOTENCY_KEY_IN_USE(409, "idempotency_error"),
    PRECONDITION_FAILED(412, "invalid_request_error"),
    BODY_TOO_LARGE(413, "invalid_request_error"),
    CONTENT_TYPE_UNSUPPORTED(415, "invalid_request_error"),
    IDEMPOTENCY_KEY_REUSED(422, "idempotency_error"),
    INTERNAL_ERROR(500, "api_error"),
    STORE_UNAVAILABLE(503, "api_error");

    private final int status;
    private final String type;

    ErrorCode(int status, String type) {
        this.status = status;
        this.type = type;
    }

    /// HTTP status of the response.
    public int status() {
        return status;
    }

    /// The error's `type` in the envelope.
    public String type() {
        return type;
    }

    /// The error's `code` in the envelope.
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
