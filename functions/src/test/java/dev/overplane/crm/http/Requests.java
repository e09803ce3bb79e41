package dev.overplane.crm.http;

import dev.overplane.crm.account.AccountId;
import dev.overplane.crm.account.Caller;
import dev.overplane.crm.account.Scope;
import dev.overplane.crm.account.Tenant;
import java.util.List;
import java.util.Map;

/// Requests of one caller, with one thing to look at.
public final class Requests {

    static final Caller CALLER = new Caller(new Tenant(new AccountId("acct_1"), false), Scope.READ_WRITE, "key_1");

    private Requests() {}

    /// @param name name of a header field, in lower case
    public static HttpRequest withHeader(String name, String... values) {
        return withHeaders("GET", Map.of(name, List.of(values)));
    }

    /// @param headers header fields by name, in lower case
    public static HttpRequest withHeaders(String method, Map<String, List<String>> headers) {
        return new HttpRequest("id", "gateway id", method, "/", Map.of(), Map.of(), headers, "", CALLER);
    }

    public static HttpRequest withQuery(String name, String... values) {
        return new HttpRequest(
                "id", "gateway id", "GET", "/", Map.of(), Map.of(name, List.of(values)), Map.of(), "", CALLER);
    }

    public static HttpRequest withPathParameters(Map<String, String> parameters) {
        return new HttpRequest("id", "gateway id", "GET", "/", parameters, Map.of(), Map.of(), "", CALLER);
    }

    public static HttpRequest withBody(String body) {
        return new HttpRequest("id", "gateway id", "POST", "/", Map.of(), Map.of(), Map.of(), body, CALLER);
    }
}
