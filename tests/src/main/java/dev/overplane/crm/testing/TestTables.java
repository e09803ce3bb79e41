package dev.overplane.crm.testing;

import dev.overplane.crm.dynamodb.DynamoDbClients;
import dev.overplane.crm.local.LocalStackConfig;
import dev.overplane.crm.local.dynamodb.EmbeddedDynamoDb;
import dev.overplane.crm.local.dynamodb.TableCreator;
import dev.overplane.crm.local.template.Table;
import dev.overplane.crm.local.template.Template;
import dev.overplane.crm.local.template.TemplateReader;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// The tables of the template on a DynamoDB server, and the product's client to it. A server that this starts lets
/// each function do what its policies allow, and everybody else everything. Thread-safe.
public final class TestTables implements AutoCloseable {

    private static final String REGION = "eu-central-1";
    private static final String CREDENTIAL = "local";
    private static final Template TEMPLATE =
            TemplateReader.read(LocalStackConfig.inMemory().template(), REGION);

    private static final class Shared {
        private static final TestTables TABLES = start();
    }

    private static final AtomicInteger SEPARATE = new AtomicInteger();

    private final URI url;
    private final String suffix;
    private final Runnable stop;
    private final DynamoDbClient client;

    private TestTables(URI url, String suffix, List<Table> tables, Runnable stop) {
        this.url = url;
        this.suffix = suffix;
        this.stop = stop;
        var credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create(CREDENTIAL, CREDENTIAL));
        TableCreator.createMissing(url, REGION, credentials, tables);
        this.client = DynamoDbClients.of(environment(url));
    }

    /// Those on one DynamoDB Local for the whole JVM: a test keeps to accounts of its own. Never closed.
    public static TestTables shared() {
        return Shared.TABLES;
    }

    /// Those on a DynamoDB Local of their own, in memory.
    public static TestTables start() {
        var server = EmbeddedDynamoDb.start(0, Optional.empty(), Optional.empty(), TEMPLATE.functions());
        return new TestTables(server.url(), "", TEMPLATE.tables(), server::close);
    }

    /// Those on a server that runs already, where they are created if they are missing.
    public static TestTables on(URI endpoint) {
        return new TestTables(endpoint, "", TEMPLATE.tables(), () -> {});
    }

    /// Others on a server that runs already, under names that no other test uses, and without a stream: nothing
    /// follows their changes.
    public static TestTables separatelyOn(URI endpoint) {
        String suffix = "-" + SEPARATE.incrementAndGet();
        List<Table> tables = TEMPLATE.tables().stream()
                .map(table -> new Table(
                        table.logicalId(),
                        table.name() + suffix,
                        table.attributes(),
                        table.key(),
                        table.indexes(),
                        table.timeToLive(),
                        Optional.empty()))
                .toList();
        return new TestTables(endpoint, suffix, tables, () -> {});
    }

    /// The server's address.
    public URI url() {
        return url;
    }

    /// A client with nothing between it and the server.
    public DynamoDbClient client() {
        return client;
    }

    /// The name of the table that the functions know by that variable, such as `SEGMENTS_TABLE`.
    public String name(String variable) {
        return environment(url).get(variable) + suffix;
    }

    /// The environment variables of all functions, with DynamoDB at `endpoint`, and credentials that are no function's.
    public static Map<String, String> environment(URI endpoint) {
        var environment = new HashMap<String, String>();
        TEMPLATE.functions().forEach(function -> environment.putAll(function.environment()));
        environment.put("AWS_REGION", REGION);
        environment.put("AWS_ACCESS_KEY_ID", CREDENTIAL);
        environment.put("AWS_SECRET_ACCESS_KEY", CREDENTIAL);
        environment.put("AWS_ENDPOINT_URL_DYNAMODB", endpoint.toString());
        return Map.copyOf(environment);
    }

    @Override
    public void close() {
        client.close();
        stop.run();
    }
}
