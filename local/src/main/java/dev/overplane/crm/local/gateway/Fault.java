package dev.overplane.crm.local.gateway;

/// An answer of the gateway's own, not yet worded.
///
/// @param status the one that holds unless the template says another
record Fault(FaultType type, int status) {

    static Fault of(FaultType type) {
        return new Fault(type, type.status());
    }

    /// The function threw or ran out of time. AWS documents the status, 502, and the words "Internal server
    /// error", but not the type; its execution log calls it a failed integration.
    static Fault functionFailed() {
        return new Fault(FaultType.INTEGRATION_FAILURE, 502);
    }

    /// The function's answer is none of a proxy integration. Again the documented status is 502; the execution
    /// log has "Execution failed due to configuration error: Malformed Lambda proxy response", hence the type.
    static Fault malformedProxyResponse() {
        return new Fault(FaultType.API_CONFIGURATION_ERROR, 502);
    }

    /// The HTTP server could make nothing of the request.
    static Fault ofStatus(int status) {
        if (status == 413) {
            return of(FaultType.REQUEST_TOO_LARGE);
        }
        return new Fault(status < 500 ? FaultType.DEFAULT_4XX : FaultType.DEFAULT_5XX, status);
    }
}
