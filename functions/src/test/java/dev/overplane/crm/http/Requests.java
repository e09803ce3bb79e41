package dev.overplane.crm.http;

import dev.overplane.crm.account.AccountId;
import dev.overplane.crm.account.Caller;
import dev.overplane.crm.account.Scope;
import dev.overplane.crm.account.Tenant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Requests of one caller, with one thing to look at.
public final class Requests {

    static final Caller CALLER =
            new Caller(new Tenant(new AccountId("acct_1"), false), Scope.READ_WRITE, "key_1", Optional.empty());

    private Requests() {}

    /// @param name name of a header field, in lower case
    public static HttpRequest withHeader(String name, String... values) {
        return withHeaders("GET", Map.of(name, List.of(values)));
    }

    /// @param headers header fields by name, in lower case
    public static HttpRequest withHeaders(String method, Map<String, List<String>> headers) {
        return request(method, Map.of(), Map.of(), headers, RequestBody.NONE);
    }

    public static HttpRequest withQuery(String name, String... values) {
        return request("GET", Map.of(), Map.of(name, List.of(values)), Map.of(), RequestBody.NONE);
    }

    public static HttpRequest withPathParameters(Map<String, String> parameters) {
        return request("GET", parameters, Map.of(), Map.of(), RequestBody.NONE);
    }

    public static HttpRequest withBody(String body) {
        return withBody(new RequestBody(body, false));
    }

    static HttpRequest withBody(RequestBody body) {
        return request("POST", Map.of(), Map.of(), Map.of(), body);
    }

    private static HttpRequest request(
            String method,
            Map<String, String> pathParameters,
            Map<String, List<String>> query,
            Map<String, List<String>> headers,
            RequestBody body) {
        return new HttpRequest("id", "gateway id", method, "/", pathParameters, query, headers, 1, body, CALLER);
    }
}
