package dev.overplane.crm.local.gateway;

/// An error to which the gateway itself responds.
///
/// @param status the response's status, unless the template overrides it
/// @param message the text of `$context.error.message`
record GatewayError(GatewayResponseType type, int status, String message) {

    static GatewayError of(GatewayResponseType type) {
        return new GatewayError(type, type.status(), type.message());
    }

    /// No route matches. Then API Gateway takes an `Authorization` header for a signature of AWS's, which a key
    /// is not: see [azul, issue 7470](https://github.com/DataBiosphere/azul/issues/7470).
    static GatewayError unmatched(HttpRequest request) {
        return request.header("Authorization").isPresent()
                ? new GatewayError(
                        GatewayResponseType.DEFAULT_4XX,
                        403,
                        "Invalid key=value pair (missing equal-sign) in Authorization header")
                : of(GatewayResponseType.MISSING_AUTHENTICATION_TOKEN);
    }

    /// The function was throttled, threw or timed out: see [azul, pull request
    /// 6624](https://github.com/DataBiosphere/azul/pull/6624).
    static GatewayError functionFailed() {
        return new GatewayError(
                GatewayResponseType.INTEGRATION_FAILURE, 500, GatewayResponseType.INTEGRATION_FAILURE.message());
    }

    /// The function did not return a proxy response. AWS documents the status 502. The type follows its
    /// execution log: "Execution failed due to configuration error: Malformed Lambda proxy response".
    static GatewayError malformedProxyResponse() {
        return new GatewayError(
                GatewayResponseType.API_CONFIGURATION_ERROR,
                502,
                GatewayResponseType.API_CONFIGURATION_ERROR.message());
    }

    /// The event is larger than Lambda allows: see [lgtm-generator, issue
    /// 10](https://github.com/koki-develop/lgtm-generator/issues/10).
    static GatewayError eventTooLarge() {
        return new GatewayError(
                GatewayResponseType.REQUEST_TOO_LARGE,
                GatewayResponseType.REQUEST_TOO_LARGE.status(),
                "Request Too Long");
    }

    /// The HTTP server rejected the request with `status`.
    static GatewayError ofStatus(int status) {
        if (status == 413) {
            return of(GatewayResponseType.REQUEST_TOO_LARGE);
        }
        var type = status < 500 ? GatewayResponseType.DEFAULT_4XX : GatewayResponseType.DEFAULT_5XX;
        return new GatewayError(type, status, type.message());
    }
}
