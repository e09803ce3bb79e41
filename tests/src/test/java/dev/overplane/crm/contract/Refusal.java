package dev.overplane.crm.contract;

import java.util.Optional;

/// How a request is refused, `message` and `request_id` aside: the contract's table of errors, one factory per
/// code.
record Refusal(int status, String type, String code, Optional<String> param) {

    private static final String REQUEST = "invalid_request_error";

    static Refusal bodyInvalid() {
        return of(400, REQUEST, "body_invalid");
    }

    static Refusal parameterInvalid(String param) {
        return of(400, REQUEST, "parameter_invalid").at(param);
    }

    static Refusal parameterUnknown(String param) {
        return of(400, REQUEST, "parameter_unknown").at(param);
    }

    /// Two parameters are at fault, so none is named.
    static Refusal parameterConflict() {
        return of(400, REQUEST, "parameter_conflict");
    }

    static Refusal keyMissing() {
        return of(401, "authentication_error", "api_key_missing");
    }

    static Refusal keyInvalid() {
        return of(401, "authentication_error", "api_key_invalid");
    }

    static Refusal keyReadOnly() {
        return of(403, "permission_error", "api_key_read_only");
    }

    static Refusal resourceMissing() {
        return of(404, REQUEST, "resource_missing");
    }

    static Refusal routeUnknown() {
        return of(404, REQUEST, "route_unknown");
    }

    static Refusal preconditionFailed() {
        return of(412, REQUEST, "precondition_failed").at("If-Match");
    }

    static Refusal bodyTooLarge() {
        return of(413, REQUEST, "body_too_large");
    }

    static Refusal contentTypeUnsupported() {
        return of(415, REQUEST, "content_type_unsupported");
    }

    static Refusal idempotencyKeyReused() {
        return of(422, "idempotency_error", "idempotency_key_reused");
    }

    private static Refusal of(int status, String type, String code) {
        return new Refusal(status, type, code, Optional.empty());
    }

    private Refusal at(String name) {
        return new Refusal(status, type, code, Optional.of(name));
    }
}
