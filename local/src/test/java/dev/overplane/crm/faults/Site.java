package dev.overplane.crm.faults;

import dev.overplane.crm.testing.Answer;
import dev.overplane.crm.testing.FaultProxy;
import dev.overplane.crm.testing.FunctionClient;
import dev.overplane.crm.testing.FunctionClient.Request;
import dev.overplane.crm.testing.TestStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// An account of its own, with some segments or an API key, and functions of its own behind a proxy.
final class Site implements AutoCloseable {

    private static final AtomicInteger ACCOUNTS = new AtomicInteger();
    /// Without faults.
    private static final FunctionClient DIRECT = new FunctionClient(TestStore.url());

    final String account = newAccount();
    final FaultProxy proxy = FaultProxy.before(TestStore.url());
    final FunctionClient functions = new FunctionClient(proxy.url());
    /// What was there at first, oldest first.
    final List<Answer> segments = new ArrayList<>();
    /// A key of the account, for the operations that are about one.
    private @Nullable Answer key;

    static String newAccount() {
        return "acct_faults" + ACCOUNTS.incrementAndGet();
    }

    static FunctionClient direct() {
        return DIRECT;
    }

    /// Creates that many segments.
    Site with(int count) {
        for (int i = 0; i < count; i++) {
            segments.add(direct().create(request().body("{\"market_segment\":\"segment " + i + "\"}")));
        }
        return this;
    }

    /// Issues the key.
    Site withKey() {
        key = direct().issueKey(account);
        return this;
    }

    Answer key() {
        return Objects.requireNonNull(key);
    }

    Request request() {
        return Request.of(account);
    }

    /// The id of the segment that the operations are about: neither the newest nor the oldest.
    String target() {
        return segments.get(1).id();
    }

    String targetTag() {
        return segments.get(1).headers().get("ETag");
    }

    Ground ground() {
        return Ground.of(account);
    }

    @Override
    public void close() {
        proxy.close();
    }
}
