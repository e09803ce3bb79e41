package dev.overplane.crm.contract;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.overplane.crm.testing.TestStack;
import dev.overplane.crm.testing.client.ApiClient;
import dev.overplane.crm.testing.client.KeyFunctions;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/// The API that the contract suite talks to, and the keys it talks with. One for the whole run; safe for use by
/// several threads.
///
/// With `API_URL` and `API_KEY` (a `read_write` test key) in the environment it is a deployed API; otherwise a
/// local stack in memory, started once. A deployed API may hold any number of objects and its index may lag, so
/// a test that needs an account to itself asks for [#emptyAccount()], which only the local stack can give, and
/// a test that reads a listing after a write wraps its assertions in [#eventually]. Further keys of a deployed
/// API come from `API_KEY_READ_ONLY` (same account and mode), `API_KEY_OTHER_ACCOUNT` and `API_KEY_LIVE` (same
/// account); without them the tests that need them are skipped.
final class Api implements AutoCloseable {

    /// How long a deployed API's index may lag behind a write.
    private static final Duration INDEX_LAG = Duration.ofSeconds(10);

    private static final int DEPLOYED_AT_ONCE = 4;

    private final Optional<TestStack> stack;
    private final URI url;
    private final String account = newAccountName();
    private final ApiClient main;

    private Api(URI url, String key) {
        this.stack = Optional.empty();
        this.url = url;
        this.main = clientWith(key);
    }

    private Api(TestStack stack) {
        this.stack = Optional.of(stack);
        this.url = stack.url();
        this.main = clientWith(stack.keys().issue(account, false, "read_write"));
    }

    /// The API that the environment names, or else a local stack that has just been started.
    static Api open() {
        var url = Optional.ofNullable(System.getenv("API_URL"));
        var key = Optional.ofNullable(System.getenv("API_KEY"));
        return url.isPresent() && key.isPresent()
                ? new Api(URI.create(url.get().replaceAll("/+$", "")), key.get())
                : new Api(TestStack.start());
    }

    /// Whether the suite runs against the stack that it started itself.
    boolean isLocal() {
        return stack.isPresent();
    }

    /// Skips the rest of the test on a deployed API.
    void onlyLocal(String why) {
        assumeTrue(isLocal(), why);
    }

    /// A caller that may read and write, in test mode, in an account that other tests use too.
    ApiClient client() {
        return main;
    }

    /// A caller that may only read, in the account and mode of [#client()].
    ApiClient readOnlyClient() {
        return further("API_KEY_READ_ONLY", "a read_only key of the same account", account, false, "read_only");
    }

    /// A caller that may read and write in live mode, in the account of [#client()].
    ApiClient liveClient() {
        return further("API_KEY_LIVE", "a live-mode key of the same account", account, true, "read_write");
    }

    /// A caller that may read and write in test mode, in another account than [#client()].
    ApiClient otherAccountClient() {
        return further("API_KEY_OTHER_ACCOUNT", "a key of another account", newAccountName(), false, "read_write");
    }

    private ApiClient further(String variable, String what, String account, boolean livemode, String scope) {
        if (isLocal()) {
            return clientWith(keyFunctions().issue(account, livemode, scope));
        }
        var key = Optional.ofNullable(System.getenv(variable));
        assumeTrue(key.isPresent(), () -> "Needs " + what + " in " + variable + ".");
        return clientWith(key.orElseThrow());
    }

    /// A caller that may read and write in an account without objects, which no other test uses; a
    /// deployed API cannot give one, so there the test is skipped.
    ApiClient emptyAccount() {
        return clientWith(keyFunctions().issue(newAccountName(), false, "read_write"));
    }

    /// A caller with that secret, whatever it is good for.
    ApiClient clientWith(String secret) {
        return new ApiClient(url, secret);
    }

    /// The functions that issue, revoke and list keys; without them, as on a deployed API, the test is
    /// skipped.
    KeyFunctions keyFunctions() {
        assumeTrue(isLocal(), "Needs to issue keys, which the suite does on the local stack alone.");
        return stack.orElseThrow().keys();
    }

    /// The path under which the object is reached, as `Location` states it: a deployed API may live
    /// below a stage.
    String pathOf(String id) {
        return url.getPath() + ApiClient.PATH + "/" + id;
    }

    /// The address at which an answer's `Location` is reached.
    URI resolve(String location) {
        return url.resolve(location);
    }

    /// Runs assertions on a listing: at once on the local stack, whose index never lags; on a deployed API
    /// again and again until they hold or [#INDEX_LAG] has passed.
    void eventually(Runnable assertions) {
        var end = Instant.now().plus(INDEX_LAG);
        while (true) {
            try {
                assertions.run();
                return;
            } catch (AssertionError e) {
                if (isLocal() || Instant.now().isAfter(end)) {
                    throw e;
                }
                pause();
            }
        }
    }

    /// Waits until it is that time: the API's clock cannot be set from outside.
    static void awaitClock(Instant moment) {
        for (var left = left(moment); left.isPositive(); left = left(moment)) {
            LockSupport.parkNanos(left.toNanos());
        }
    }

    private static Duration left(Instant moment) {
        return Duration.between(Instant.now(), moment);
    }

    /// How many requests a race sends at once: on a deployed API fewer, whose throttling and cold starts are
    /// not what the race is about.
    int atOnce(int locally) {
        return isLocal() ? locally : Math.min(locally, DEPLOYED_AT_ONCE);
    }

    private static void pause() {
        try {
            Thread.sleep(Duration.ofMillis(250));
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while waiting for the index", e);
        }
    }

    static String newAccountName() {
        return "acct_" + UUID.randomUUID().toString().replace("-", "");
    }

    @Override
    public void close() {
        stack.ifPresent(TestStack::close);
    }
}
