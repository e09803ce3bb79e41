package dev.overplane.crm.testing;

import dev.overplane.crm.dynamodb.DynamoDbClients;
import dev.overplane.crm.local.dynamodb.EmbeddedDynamoDb;
import dev.overplane.crm.local.dynamodb.TableCreator;
import dev.overplane.crm.local.template.Template;
import dev.overplane.crm.local.template.TemplateReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// DynamoDB Local in memory with the tables of the template, one for all tests of the JVM: a test keeps to
/// accounts of its own.
public final class TestStore {

    private static final String REGION = "eu-central-1";
    private static final Template TEMPLATE = TemplateReader.read(template(), REGION);
    private static final EmbeddedDynamoDb SERVER = start();
    private static final DynamoDbClient CLIENT = DynamoDbClients.of(environment(SERVER.url()));

    private TestStore() {}

    /// Where it listens.
    public static URI url() {
        return SERVER.url();
    }

    /// A client without faults between, for looking and for arranging.
    public static DynamoDbClient client() {
        return CLIENT;
    }

    /// The environment variables of all functions, with DynamoDB at `endpoint`.
    public static Map<String, String> environment(URI endpoint) {
        var environment = new HashMap<String, String>();
        TEMPLATE.functions().forEach(function -> environment.putAll(function.environment()));
        environment.put("AWS_REGION", REGION);
        environment.put("AWS_ACCESS_KEY_ID", "local");
        environment.put("AWS_SECRET_ACCESS_KEY", "local");
        environment.put("AWS_ENDPOINT_URL_DYNAMODB", endpoint.toString());
        return Map.copyOf(environment);
    }

    /// The name of the table that the functions know by that variable, such as `SEGMENTS_TABLE`.
    public static String table(String variable) {
        return environment(url()).get(variable);
    }

    private static EmbeddedDynamoDb start() {
        var server = EmbeddedDynamoDb.start(0, Optional.empty());
        var credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));
        TableCreator.createMissing(server.url(), REGION, credentials, TEMPLATE.tables());
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        return server;
    }

    private static Path template() {
        Path beside = Path.of("template.yaml");
        return Files.exists(beside) ? beside : Path.of("..", "template.yaml");
    }
}
