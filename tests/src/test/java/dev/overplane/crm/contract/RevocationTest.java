package dev.overplane.crm.contract;

import dev.overplane.crm.local.LocalStack;
import dev.overplane.crm.local.LocalStackConfig;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// On a stack of its own, whose gateway goes by a clock that the test sets: the gateway remembers what a key
/// was good for.
@Contract
@DisplayName("Revocation")
class RevocationTest {

    private static final Duration AT_MOST = Duration.ofSeconds(60);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());

    RevocationTest(Api api) {
        api.onlyLocal("Sets the clock.");
    }

    @Test
    void of_a_key_in_use_takes_effect_within_60_seconds() throws Exception {
        Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
        try (var stack = LocalStack.start(LocalStackConfig.inMemory().withClock(clock));
                var http = HttpClient.newHttpClient()) {
            var keys = new KeyFunctions(http, stack.lambdaUrl());
            var account = Api.newAccountName();
            var revoked = keys.issue(account, false, "read_write", Optional.empty());
            var client = new Client(http, stack.apiUrl(), revoked.get("secret").textValue());
            var colleague = new Client(http, stack.apiUrl(), keys.issue(account, false, "read_write"));
            var id = client.create().id();
            keys.revoke(revoked.get("id").textValue());
            now.updateAndGet(instant -> instant.plus(AT_MOST));
            client.retrieve(id).mustBe(Refusal.keyInvalid());
            client.delete(id).mustBe(Refusal.keyInvalid());
            colleague.retrieve(id).mustBe(200);
        }
    }
}
