package dev.overplane.crm.local.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// Sends requests to one of the stack's addresses.
///
/// @param url without a slash at the end
public record TestClient(URI url) {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /// @param headers name, value, name, value
    public HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url + path))
                .method(method, BodyPublishers.ofString(body))
                .timeout(Duration.ofSeconds(20));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    /// Invokes a function by Lambda's Invoke API.
    public HttpResponse<String> invoke(String function, String payload, String... headers)
            throws IOException, InterruptedException {
        return send("POST", "/2015-03-31/functions/" + function + "/invocations", payload, headers);
    }

    /// Sets how many invocations of a function may run at once, by Lambda's PutFunctionConcurrency.
    public HttpResponse<String> reserveConcurrency(String function, int limit)
            throws IOException, InterruptedException {
        return send("PUT", concurrency(function), "{\"ReservedConcurrentExecutions\":" + limit + "}");
    }

    /// Lifts that limit, by Lambda's DeleteFunctionConcurrency.
    public HttpResponse<String> releaseConcurrency(String function) throws IOException, InterruptedException {
        return send("DELETE", concurrency(function), "");
    }

    private static String concurrency(String function) {
        return "/2017-10-31/functions/" + function + "/concurrency";
    }
}
