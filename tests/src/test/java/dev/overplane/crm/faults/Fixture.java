package dev.overplane.crm.faults;

import com.fasterxml.jackson.databind.JsonNode;
import dev.overplane.crm.testing.FaultProxy;
import dev.overplane.crm.testing.Functions;
import dev.overplane.crm.testing.TestTables;
import dev.overplane.crm.testing.client.ApiClient;
import dev.overplane.crm.testing.client.ApiResponse;
import dev.overplane.crm.testing.client.Json;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// Functions of their own behind a proxy, and an account.
///
/// @param key an API key of the account
/// @param segments what was in the account at first, oldest first
record Fixture(String account, JsonNode key, List<ApiResponse> segments, FaultProxy proxy, Functions functions)
        implements AutoCloseable {

    private static final AtomicInteger ACCOUNTS = new AtomicInteger();
    /// With no proxy between them and DynamoDB.
    private static final Functions DIRECT = new Functions(TestTables.shared().url());

    /// An account of its own, with that many segments.
    static Fixture with(int count) {
        String account = newAccount();
        var segments = IntStream.range(0, count)
                .mapToObj(i -> DIRECT.client(account).create(Json.named("segment " + i)))
                .toList();
        return of(account, DIRECT.keys().issue(account, false, "read_write", Optional.empty()), segments);
    }

    /// The same account, and functions that have seen nothing of it.
    Fixture withNewFunctions() {
        return of(account, key, segments);
    }

    private static Fixture of(String account, JsonNode key, List<ApiResponse> segments) {
        FaultProxy proxy = FaultProxy.before(TestTables.shared().url());
        return new Fixture(account, key, segments, proxy, new Functions(proxy.url()));
    }

    static String newAccount() {
        return "acct_faults" + ACCOUNTS.incrementAndGet();
    }

    static Functions direct() {
        return DIRECT;
    }

    /// A caller of the account whose requests pass the proxy.
    ApiClient client() {
        return functions.client(account);
    }

    /// A caller of the account whose requests do not pass the proxy.
    ApiClient directClient() {
        return DIRECT.client(account);
    }

    /// The id of the segment that the operations are about: neither the newest nor the oldest.
    String target() {
        return segments.get(1).id();
    }

    String targetTag() {
        return segments.get(1).etag();
    }

    StoredState stored() {
        return StoredState.of(account);
    }

    @Override
    public void close() {
        proxy.close();
    }
}
