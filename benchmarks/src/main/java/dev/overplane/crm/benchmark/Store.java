package dev.overplane.crm.benchmark;

import dev.overplane.crm.dynamodb.DynamoDb;
import dev.overplane.crm.local.dynamodb.EmbeddedDynamoDb;
import dev.overplane.crm.local.dynamodb.TableCreator;
import dev.overplane.crm.local.template.Table;
import dev.overplane.crm.local.template.TemplateReader;
import dev.overplane.crm.segment.store.IdempotencyTable;
import dev.overplane.crm.segment.store.SegmentTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// DynamoDB Local on a file of its own, with the tables of the template, and a meter on what the product does
/// to them.
public final class Store implements AutoCloseable {

    private static final String REGION = "us-east-1";
    private static final AwsCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));
    private static final String SEGMENTS = "SegmentsTable";
    private static final String IDEMPOTENCY = "IdempotencyTable";

    private final EmbeddedDynamoDb server;
    private final Path directory;
    private final List<Table> tables;
    private final DynamoDbClient unmetered;
    private final DynamoDbClient metered;
    private final Meter meter;

    private Store(EmbeddedDynamoDb server, Path directory, List<Table> tables) {
        this.server = server;
        this.directory = directory;
        this.tables = tables;
        this.unmetered = client(server.url(), List.of());
        this.meter = new Meter(new TransactionPrice(unmetered));
        this.metered = client(server.url(), List.of(meter));
    }

    /// Starts one that is empty.
    public static Store empty() {
        return of(Stream.empty());
    }

    /// Starts one that holds those items in its table of segments.
    public static Store of(Stream<Map<String, AttributeValue>> items) {
        try {
            Path directory = Files.createTempDirectory("dynamodb");
            List<Table> tables = TemplateReader.read(template(), REGION).tables();
            try (var server = EmbeddedDynamoDb.start(0, Optional.of(directory))) {
                TableCreator.createMissing(server.url(), REGION, CREDENTIALS, tables);
            }
            new SqliteFile(directory).insert(name(tables, SEGMENTS), items);
            return new Store(EmbeddedDynamoDb.start(0, Optional.of(directory)), directory, tables);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Meter meter() {
        return meter;
    }

    /// A client whose calls the meter counts.
    public DynamoDbClient client() {
        return metered;
    }

    public SegmentTable segments() {
        return SegmentTable.of(new DynamoDb(metered), name(tables, SEGMENTS));
    }

    public IdempotencyTable idempotency() {
        return new IdempotencyTable(name(tables, IDEMPOTENCY), InstantSource.system());
    }

    /// Writes items as everybody else has to.
    public void put(Stream<Map<String, AttributeValue>> items) {
        items.forEach(item ->
                unmetered.putItem(put -> put.tableName(name(tables, SEGMENTS)).item(item)));
    }

    private static String name(List<Table> tables, String logicalId) {
        return tables.stream()
                .filter(table -> table.logicalId().equals(logicalId))
                .findFirst()
                .orElseThrow()
                .name();
    }

    private static Path template() {
        Path here = Path.of("template.yaml");
        return Files.exists(here) ? here : Path.of("..").resolve(here);
    }

    private static DynamoDbClient client(URI endpoint, List<ExecutionInterceptor> interceptors) {
        return DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(Region.of(REGION))
                .credentialsProvider(CREDENTIALS)
                .httpClientBuilder(AwsCrtHttpClient.builder())
                .overrideConfiguration(configuration -> configuration.executionInterceptors(interceptors))
                .build();
    }

    @Override
    public void close() {
        metered.close();
        unmetered.close();
        server.close();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
