package dev.overplane.crm.contract;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.overplane.crm.local.LocalStack;
import dev.overplane.crm.local.LocalStackConfig;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

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

    /// The collection; an object is one step below.
    static final String PATH = "/api/crm/market-segment";

    /// How long a deployed API's index may lag behind a write.
    private static final Duration INDEX_LAG = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Optional<LocalStack> stack;
    private final Optional<KeyFunctions> keys;
    private final URI url;
    private final String account = newAccountName();
    private final Client main;

    private Api(URI url, String key) {
        this.stack = Optional.empty();
        this.keys = Optional.empty();
        this.url = url;
        this.main = new Client(http, url, key);
    }

    private Api(LocalStack stack) {
        this.stack = Optional.of(stack);
        var functions = new KeyFunctions(http, stack.lambdaUrl());
        this.keys = Optional.of(functions);
        this.url = stack.apiUrl();
        this.main = new Client(http, url, functions.issue(account, false, "read_write"));
    }

    /// @return the API that the environment names, or else a local stack that has just been started
    static Api open() throws Exception {
        var url = Optional.ofNullable(System.getenv("API_URL"));
        var key = Optional.ofNullable(System.getenv("API_KEY"));
        return url.isPresent() && key.isPresent()
                ? new Api(URI.create(url.get().replaceAll("/+$", "")), key.get())
                : new Api(LocalStack.start(LocalStackConfig.inMemory()));
    }

    /// @return whether the suite runs against the stack that it started itself
    boolean isLocal() {
        return stack.isPresent();
    }

    /// Skips the rest of the test on a deployed API.
    void onlyLocal(String why) {
        assumeTrue(isLocal(), why);
    }

    /// @return a caller that may read and write, in test mode, in an account that other tests use too
    Client client() {
        return main;
    }

    /// @return a caller that may only read, in the account and mode of [#client()]
    Client readOnlyClient() {
        return further("API_KEY_READ_ONLY", "a read_only key of the same account", account, false, "read_only");
    }

    /// @return a caller that may read and write in live mode, in the account of [#client()]
    Client liveClient() {
        return further("API_KEY_LIVE", "a live-mode key of the same account", account, true, "read_write");
    }

    /// @return a caller that may read and write in test mode, in another account than [#client()]
    Client otherAccountClient() {
        return further("API_KEY_OTHER_ACCOUNT", "a key of another account", newAccountName(), false, "read_write");
    }

    private Client further(String variable, String what, String account, boolean livemode, String scope) {
        if (keys.isPresent()) {
            return clientWith(keys.get().issue(account, livemode, scope));
        }
        var key = Optional.ofNullable(System.getenv(variable));
        assumeTrue(key.isPresent(), () -> "Needs " + what + " in " + variable + ".");
        return clientWith(key.orElseThrow());
    }

    /// @return a caller that may read and write in an account without objects, which no other test uses; a
    ///     deployed API cannot give one, so there the test is skipped
    Client emptyAccount() {
        return clientWith(keyFunctions().issue(newAccountName(), false, "read_write"));
    }

    /// @return a caller with that secret, whatever it is good for
    Client clientWith(String secret) {
        return new Client(http, url, secret);
    }

    /// @return the functions that issue, revoke and list keys; without them, as on a deployed API, the test is
    ///     skipped
    KeyFunctions keyFunctions() {
        assumeTrue(keys.isPresent(), "Needs to issue keys, which the suite does on the local stack alone.");
        return keys.orElseThrow();
    }

    /// @return the path under which the object is reached, as `Location` states it: a deployed API may live
    ///     below a stage
    String pathOf(String id) {
        return url.getPath() + PATH + "/" + id;
    }

    /// @return the address at which an answer's `Location` is reached
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
        http.close();
        stack.ifPresent(running -> {
            try {
                running.close();
            } catch (Exception e) {
                throw new IllegalStateException("The local stack did not stop.", e);
            }
        });
    }
}
