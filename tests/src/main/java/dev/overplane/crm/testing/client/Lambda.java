package dev.overplane.crm.testing.client;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;

/// Invokes functions by name. Thread-safe.
@FunctionalInterface
public interface Lambda {

    Invocation invoke(String function, String payload);

    /// Lambda's Invoke API at that address.
    static Lambda at(URI url) {
        return (function, payload) -> {
            var response =
                    Http.send(HttpRequest.newBuilder(url.resolve("/2015-03-31/functions/" + function + "/invocations"))
                            .POST(BodyPublishers.ofString(payload)));
            return new Invocation(
                    response.statusCode(),
                    response.headers().firstValue("X-Amz-Function-Error"),
                    Json.read(new String(response.body(), StandardCharsets.UTF_8)));
        };
    }

    /// Sets how many invocations of the function may run at once, at Lambda's API at that address.
    static void reserveConcurrency(URI url, String function, int limit) {
        var response =
                Http.send(HttpRequest.newBuilder(url.resolve("/2017-10-31/functions/" + function + "/concurrency"))
                        .PUT(BodyPublishers.ofString("{\"ReservedConcurrentExecutions\":" + limit + "}")));
        if (response.statusCode() != 200) {
            throw new AssertionError("PutFunctionConcurrency answered " + response.statusCode());
        }
    }
}
