package dev.overplane.crm.testing.client;

import java.util.Optional;
import java.util.Set;

/// A row of the contract's table of errors, one factory per code.
///
/// @param param the parameter at fault, if it is one
public record ApiError(int status, String type, String code, Optional<String> param) {

    private static final String REQUEST = "invalid_request_error";
    private static final Set<ApiError> TABLE = Set.of(
            bodyInvalid(),
            of(400, REQUEST, "parameter_invalid"),
            parameterUnknown(),
            parameterConflict(),
            keyMissing(),
            keyInvalid(),
            keyReadOnly(),
            resourceMissing(),
            routeUnknown(),
            methodNotAllowed(),
            idempotencyKeyInUse(),
            of(412, REQUEST, "precondition_failed"),
            bodyTooLarge(),
            contentTypeUnsupported(),
            idempotencyKeyReused(),
            of(429, "rate_limit_error", "rate_limited"),
            internalError(),
            storeUnavailable(),
            serviceUnavailable(),
            of(504, "api_error", "timeout"));

    public static ApiError bodyInvalid() {
        return of(400, REQUEST, "body_invalid");
    }

    public static ApiError parameterInvalid(String param) {
        return of(400, REQUEST, "parameter_invalid").at(param);
    }

    public static ApiError parameterUnknown(String param) {
        return parameterUnknown().at(param);
    }

    /// A parameter whose name cannot be repeated.
    public static ApiError parameterUnknown() {
        return of(400, REQUEST, "parameter_unknown");
    }

    /// Two parameters are at fault, so none is named.
    public static ApiError parameterConflict() {
        return of(400, REQUEST, "parameter_conflict");
    }

    public static ApiError keyMissing() {
        return of(401, "authentication_error", "api_key_missing");
    }

    public static ApiError keyInvalid() {
        return of(401, "authentication_error", "api_key_invalid");
    }

    public static ApiError keyReadOnly() {
        return of(403, "permission_error", "api_key_read_only");
    }

    public static ApiError resourceMissing() {
        return of(404, REQUEST, "resource_missing");
    }

    public static ApiError routeUnknown() {
        return of(404, REQUEST, "route_unknown");
    }

    public static ApiError methodNotAllowed() {
        return of(405, REQUEST, "method_not_allowed");
    }

    public static ApiError idempotencyKeyInUse() {
        return of(409, "idempotency_error", "idempotency_key_in_use");
    }

    public static ApiError preconditionFailed() {
        return of(412, REQUEST, "precondition_failed").at("If-Match");
    }

    public static ApiError bodyTooLarge() {
        return of(413, REQUEST, "body_too_large");
    }

    public static ApiError contentTypeUnsupported() {
        return of(415, REQUEST, "content_type_unsupported");
    }

    public static ApiError idempotencyKeyReused() {
        return of(422, "idempotency_error", "idempotency_key_reused");
    }

    public static ApiError internalError() {
        return of(500, "api_error", "internal_error");
    }

    public static ApiError storeUnavailable() {
        return of(503, "api_error", "store_unavailable");
    }

    public static ApiError serviceUnavailable() {
        return of(503, "api_error", "service_unavailable");
    }

    /// The contract's table, without `param`.
    public static Set<ApiError> table() {
        return TABLE;
    }

    /// Whether the table has that code, with that status and that type.
    boolean isInTable() {
        return TABLE.contains(of(status, type, code));
    }

    private static ApiError of(int status, String type, String code) {
        return new ApiError(status, type, code, Optional.empty());
    }

    private ApiError at(String name) {
        return new ApiError(status, type, code, Optional.of(name));
    }
}
