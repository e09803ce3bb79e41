package dev.overplane.crm.segment.store;

import dev.overplane.crm.dynamodb.DynamoDb;
import dev.overplane.crm.dynamodb.DynamoDbClients;
import dev.overplane.crm.local.dynamodb.TableCreator;
import dev.overplane.crm.local.template.Table;
import dev.overplane.crm.local.template.TemplateReader;
import dev.overplane.crm.segment.counting.PageLayout;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// The tables of the template on a server, under names of their own, and the product's own client.
final class TestTables implements AutoCloseable {

    private static final String REGION = "us-east-1";
    private static final AtomicInteger INSTANCES = new AtomicInteger();

    private final DynamoDbServer server;
    private final List<Table> tables;
    private final DynamoDbClient client;

    TestTables(DynamoDbServer server) {
        this.server = server;
        this.tables = TemplateReader.read(Path.of("..", "template.yaml"), REGION).tables().stream()
                .map(TestTables::renamed)
                .toList();
        TableCreator.createMissing(
                server.url(),
                REGION,
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")),
                tables);
        this.client = client(server.url());
    }

    /// No other test sees them, and nothing follows their changes.
    private static Table renamed(Table table) {
        return new Table(
                table.logicalId(),
                table.name() + "-" + INSTANCES.incrementAndGet(),
                table.attributes(),
                table.key(),
                table.indexes(),
                table.timeToLive(),
                Optional.empty());
    }

    private static DynamoDbClient client(URI url) {
        return DynamoDbClients.of(Map.of(
                "AWS_REGION",
                REGION,
                "AWS_ACCESS_KEY_ID",
                "local",
                "AWS_SECRET_ACCESS_KEY",
                "local",
                "AWS_ENDPOINT_URL_DYNAMODB",
                url.toString()));
    }

    DynamoDbClient client() {
        return client;
    }

    SegmentTable segments(PageLayout layout) {
        return new SegmentTable(new DynamoDb(client), name("SegmentsTable"), layout);
    }

    /// The same table, reached through a proxy.
    SegmentTable segments(PageLayout layout, URI proxy) {
        return new SegmentTable(new DynamoDb(client(proxy)), name("SegmentsTable"), layout);
    }

    IdempotencyTable idempotency() {
        return new IdempotencyTable(name("IdempotencyTable"), Clock.systemUTC());
    }

    private String name(String logicalId) {
        return tables.stream()
                .filter(table -> table.logicalId().equals(logicalId))
                .findFirst()
                .orElseThrow()
                .name();
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
