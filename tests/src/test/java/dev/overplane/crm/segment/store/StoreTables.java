package dev.overplane.crm.segment.store;

import dev.overplane.crm.dynamodb.DynamoDb;
import dev.overplane.crm.dynamodb.DynamoDbClients;
import dev.overplane.crm.segment.counting.PageLayout;
import dev.overplane.crm.testing.TestTables;
import java.net.URI;
import java.time.Clock;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// The store on tables that no other test uses, with layouts of pages of the test's own. Thread-safe.
///
/// @param tables where they are
record StoreTables(TestTables tables) implements AutoCloseable {

    /// Those on the DynamoDB Local that all tests of this JVM share.
    static StoreTables onDynamoDbLocal() {
        return on(TestTables.shared().url());
    }

    /// Those on a server that runs already.
    static StoreTables on(URI server) {
        return new StoreTables(TestTables.separatelyOn(server));
    }

    /// The server's address.
    URI url() {
        return tables.url();
    }

    DynamoDbClient client() {
        return tables.client();
    }

    SegmentTable segments(PageLayout layout) {
        return segments(layout, client());
    }

    /// The same table, reached through a proxy.
    SegmentTable segments(PageLayout layout, URI proxy) {
        return segments(layout, DynamoDbClients.of(TestTables.environment(proxy)));
    }

    private SegmentTable segments(PageLayout layout, DynamoDbClient through) {
        return new SegmentTable(new DynamoDb(through), tables.name("SEGMENTS_TABLE"), layout);
    }

    IdempotencyTable idempotency() {
        return new IdempotencyTable(tables.name("IDEMPOTENCY_TABLE"), Clock.systemUTC());
    }

    @Override
    public void close() {
        tables.close();
    }
}
