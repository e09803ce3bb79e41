package dev.overplane.crm.contract;

import dev.overplane.crm.testing.TestStack;
import dev.overplane.crm.testing.client.ApiError;
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
    void of_a_key_in_use_takes_effect_within_60_seconds() {
        Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
        try (var stack = TestStack.start(clock)) {
            var keys = stack.keys();
            var account = Api.newAccountName();
            var revoked = keys.issue(account, false, "read_write", Optional.empty());
            var client = stack.client(revoked.get("secret").textValue());
            var colleague = stack.client(keys.issue(account, false, "read_write"));
            var id = client.create().id();
            keys.revoke(revoked.get("id").textValue());
            now.updateAndGet(instant -> instant.plus(AT_MOST));
            client.retrieve(id).mustBe(ApiError.keyInvalid());
            client.delete(id).mustBe(ApiError.keyInvalid());
            colleague.retrieve(id).mustBe(200);
        }
    }
}
