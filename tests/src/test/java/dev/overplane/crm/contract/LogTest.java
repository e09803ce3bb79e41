package dev.overplane.crm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.overplane.crm.testing.CapturedOutput;
import dev.overplane.crm.testing.TestStack;
import dev.overplane.crm.testing.client.ApiClient;
import dev.overplane.crm.testing.client.ApiResponse;
import dev.overplane.crm.testing.client.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/// What the functions of a stack of its own write while they are called.
@Contract
@DisplayName("The log")
@Isolated("It takes what the whole JVM prints.")
class LogTest {

    private static final String DATA = "a client's own words";

    LogTest(Api api) {
        api.onlyLocal("Reads the logs.");
    }

    @Test
    void has_each_request_by_its_id_and_neither_keys_nor_data() {
        var secrets = new ArrayList<String>();
        var responses = new ArrayList<ApiResponse>();
        var output = CapturedOutput.start();
        try (output;
                var stack = TestStack.start()) {
            var account = Api.newAccountName();
            var issued = stack.keys().issue(account, false, "read_write", Optional.empty());
            var secret = issued.get("secret").textValue();
            var rotated = stack.keys().rotate(issued.get("id").textValue());
            secrets.addAll(List.of(secret, rotated.at("/successor/secret").textValue(), DATA));
            responses.addAll(calls(stack.client(secret), secret));
            stack.keys().tryRevoke(secret);
            stack.keys().tryIssue(secret, false, secret, Optional.empty());
        }
        var text = output.text();
        secrets.forEach(secret -> assertFalse(text.contains(secret), "a secret, or data, in the log"));
        for (var response : responses) {
            var lines = text.lines()
                    .filter(line -> line.contains(response.header("Request-Id")))
                    .map(Json::read)
                    .filter(line -> line.path("event").asText().equals("request"))
                    .toList();
            assertEquals(1, lines.size(), () -> "lines of " + response);
            assertEquals(response.status(), lines.getFirst().path("status").asInt());
        }
    }

    /// Requests that reach an operation, with the key and data in each place of them.
    private static List<ApiResponse> calls(ApiClient client, String secret) {
        var created = client.create(Json.named(DATA));
        return List.of(
                created,
                client.retrieve(created.id()),
                client.update(created.id(), Json.named(DATA + "!")),
                client.update(created.id(), Json.write(Map.of(secret, DATA))),
                client.update(created.id(), secret),
                client.retrieve(secret),
                client.list("?limit=" + secret),
                client.list("?" + secret + "=1"),
                client.list("?starting_after=" + secret),
                client.post(Json.named(DATA))
                        .header("Idempotency-Key", secret)
                        .header("X-Api-Key", secret)
                        .send(),
                client.onObject("DELETE", created.id())
                        .header("If-Match", secret)
                        .send(),
                client.onCollection("GET", "")
                        .addHeader("Authorization", "Bearer " + secret)
                        .overRawSocket()
                        .send());
    }
}
