package dev.overplane.crm.local.gateway;

/// The types of error to which API Gateway itself responds, each with its documented status.
enum GatewayResponseType {
    ACCESS_DENIED(403, "User is not authorized to access this resource with an explicit deny"),
    API_CONFIGURATION_ERROR(500, Constants.INTERNAL),
    AUTHORIZER_CONFIGURATION_ERROR(500, Constants.INTERNAL),
    AUTHORIZER_FAILURE(500, Constants.INTERNAL),
    BAD_REQUEST_BODY(400, "Invalid request body"),
    BAD_REQUEST_PARAMETERS(400, "Bad Request"),
    DEFAULT_4XX(400, "Bad Request"),
    DEFAULT_5XX(500, Constants.INTERNAL),
    EXPIRED_TOKEN(403, "The security token included in the request is expired"),
    INTEGRATION_FAILURE(504, Constants.INTERNAL),
    INTEGRATION_TIMEOUT(504, "Endpoint request timed out"),
    INVALID_API_KEY(403, "Forbidden"),
    INVALID_SIGNATURE(403, "The request signature does not match"),
    MISSING_AUTHENTICATION_TOKEN(403, "Missing Authentication Token"),
    QUOTA_EXCEEDED(429, "Limit Exceeded"),
    REQUEST_TOO_LARGE(413, "HTTP content length exceeded 10485760 bytes."),
    RESOURCE_NOT_FOUND(404, "Not Found"),
    THROTTLED(429, "Too Many Requests"),
    UNAUTHORIZED(401, "Unauthorized"),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported Media Type"),
    WAF_FILTERED(403, "Forbidden");

    private final int status;
    private final String message;

    GatewayResponseType(int status, String message) {
        this.status = status;
        this.message = message;
    }

    int status() {
        return status;
    }

    String message() {
        return message;
    }

    /// Returns the type whose response applies if the template has none for this type.
    GatewayResponseType fallback() {
        return status < 500 ? DEFAULT_4XX : DEFAULT_5XX;
    }

    private static final class Constants {
        static final String INTERNAL = "Internal server error";
    }
}
