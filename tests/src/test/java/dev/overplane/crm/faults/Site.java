package dev.overplane.crm.faults;

import dev.overplane.crm.testing.Answer;
import dev.overplane.crm.testing.FaultProxy;
import dev.overplane.crm.testing.FunctionClient;
import dev.overplane.crm.testing.FunctionClient.Request;
import dev.overplane.crm.testing.TestStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Functions of their own behind a proxy, and an account.
///
/// @param key an API key of the account
/// @param segments what was in the account at first, oldest first
record Site(String account, Answer key, List<Answer> segments, FaultProxy proxy, FunctionClient functions)
        implements AutoCloseable {

    private static final AtomicInteger ACCOUNTS = new AtomicInteger();
    /// Without faults.
    private static final FunctionClient DIRECT = new FunctionClient(TestStore.url());

    /// An account of its own, with that many segments.
    static Site with(int count) {
        String account = newAccount();
        var segments = new ArrayList<Answer>();
        for (int i = 0; i < count; i++) {
            segments.add(direct().create(Request.of(account).body("{\"market_segment\":\"segment " + i + "\"}")));
        }
        return of(account, direct().issueKey(account), segments);
    }

    /// The same account, and functions that have seen nothing of it.
    Site anew() {
        return of(account, key, segments);
    }

    private static Site of(String account, Answer key, List<Answer> segments) {
        FaultProxy proxy = FaultProxy.before(TestStore.url());
        return new Site(account, key, List.copyOf(segments), proxy, new FunctionClient(proxy.url()));
    }

    static String newAccount() {
        return "acct_faults" + ACCOUNTS.incrementAndGet();
    }

    static FunctionClient direct() {
        return DIRECT;
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
