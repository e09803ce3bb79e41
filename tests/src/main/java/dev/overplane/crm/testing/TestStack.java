package dev.overplane.crm.testing;

import dev.overplane.crm.local.LocalStack;
import dev.overplane.crm.local.LocalStackConfig;
import dev.overplane.crm.testing.client.ApiClient;
import dev.overplane.crm.testing.client.KeyFunctions;
import dev.overplane.crm.testing.client.Lambda;
import java.net.URI;
import java.time.Clock;

/// The whole stack of the template, over HTTP on this machine. Thread-safe.
public final class TestStack implements AutoCloseable {

    private final LocalStack stack;

    private TestStack(LocalStack stack) {
        this.stack = stack;
    }

    /// One on [TestTables#shared()].
    public static TestStack start() {
        return start(Clock.systemUTC());
    }

    /// One on [TestTables#shared()].
    ///
    /// @param clock the time by which the API's authorizer cache expires
    public static TestStack start(Clock clock) {
        return new TestStack(
                LocalStack.start(LocalStackConfig.on(TestTables.shared().url()), clock));
    }

    /// Another installation, which shares nothing.
    public static TestStack startSeparately() {
        return new TestStack(LocalStack.start(LocalStackConfig.inMemory()));
    }

    /// The API's address.
    public URI url() {
        return stack.apiUrl();
    }

    /// A caller with that API key.
    public ApiClient client(String key) {
        return new ApiClient(url(), key);
    }

    /// Lambda's Invoke API.
    public Lambda lambda() {
        return Lambda.at(stack.lambdaUrl());
    }

    /// The address of the DynamoDB that has the tables.
    public URI dynamoDb() {
        return stack.dynamoDbUrl();
    }

    public KeyFunctions keys() {
        return new KeyFunctions(lambda());
    }

    /// Lets none of the function's invocations run any more, as if all of Lambda's concurrency were in use.
    public void throttle(String function) {
        Lambda.reserveConcurrency(stack.lambdaUrl(), function, 0);
    }

    @Override
    public void close() {
        stack.close();
    }
}
