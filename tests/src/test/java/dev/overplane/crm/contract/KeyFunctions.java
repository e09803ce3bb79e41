package dev.overplane.crm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;

/// The functions that have no route, called as an operator calls them: through the Lambda Invoke API.
/// Immutable.
final class KeyFunctions {

    static final String ISSUE = "IssueApiKeyFunction";
    static final String REVOKE = "RevokeApiKeyFunction";
    static final String LIST = "ListApiKeysFunction";

    private final HttpClient http;
    private final URI lambda;

    KeyFunctions(HttpClient http, URI lambda) {
        this.http = http;
        this.lambda = lambda;
    }

    /// What an invocation brought.
    ///
    /// @param error the header `X-Amz-Function-Error`, if the function failed
    record Invocation(int status, Optional<String> error, JsonNode payload) {

        JsonNode result() {
            assertEquals(200, status, payload::toString);
            assertEquals(Optional.empty(), error, payload::toString);
            return payload;
        }
    }

    Invocation invoke(String function, String payload) {
        var uri = URI.create(
                lambda.toString().replaceAll("/+$", "") + "/2015-03-31/functions/" + function + "/invocations");
        var request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(30))
                .POST(BodyPublishers.ofString(payload))
                .build();
        try {
            var response = http.send(request, BodyHandlers.ofString());
            return new Invocation(
                    response.statusCode(),
                    response.headers().firstValue("X-Amz-Function-Error"),
                    Json.read(response.body()));
        } catch (IOException e) {
            throw new AssertionError(function + " got no answer", e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    /// @return the secret of a new key that does not expire
    String issue(String account, boolean livemode, String scope) {
        return issue(account, livemode, scope, Optional.empty()).get("secret").textValue();
    }

    /// @return all that the function tells of the new key
    JsonNode issue(String account, boolean livemode, String scope, Optional<Instant> expiresAt) {
        var request = new LinkedHashMap<String, Object>();
        request.put("account", account);
        request.put("livemode", livemode);
        request.put("scope", scope);
        request.put("expires_at", expiresAt.map(Instant::toString).orElse(null));
        request.put("name", "contract suite");
        return invoke(ISSUE, Json.write(request)).result();
    }

    JsonNode revoke(String id) {
        return invoke(REVOKE, "{\"id\":\"" + id + "\"}").result();
    }

    JsonNode list(String account) {
        return invoke(LIST, "{\"account\":\"" + account + "\"}").result();
    }
}
