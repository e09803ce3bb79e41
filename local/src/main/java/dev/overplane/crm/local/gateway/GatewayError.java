package dev.overplane.crm.local.gateway;

/// An error to which the gateway itself responds.
///
/// @param status the response's status, unless the template overrides it
record GatewayError(GatewayResponseType type, int status) {

    static GatewayError of(GatewayResponseType type) {
        return new GatewayError(type, type.status());
    }

    /// The function threw or timed out. AWS documents the status 502 and the message "Internal server error",
    /// but not the type. Its execution log calls it a failed integration.
    static GatewayError functionFailed() {
        return new GatewayError(GatewayResponseType.INTEGRATION_FAILURE, 502);
    }

    /// The function did not return a proxy response. AWS documents the status 502. The type follows its
    /// execution log: "Execution failed due to configuration error: Malformed Lambda proxy response".
    static GatewayError malformedProxyResponse() {
        return new GatewayError(GatewayResponseType.API_CONFIGURATION_ERROR, 502);
    }

    /// The HTTP server rejected the request with `status`.
    static GatewayError ofStatus(int status) {
        if (status == 413) {
            return of(GatewayResponseType.REQUEST_TOO_LARGE);
        }
        return new GatewayError(
                status < 500 ? GatewayResponseType.DEFAULT_4XX : GatewayResponseType.DEFAULT_5XX, status);
    }
}
