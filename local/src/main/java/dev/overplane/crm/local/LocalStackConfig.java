package dev.overplane.crm.local;

import dev.overplane.crm.local.startup.StartupException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Configures a [LocalStack].
///
/// @param template the SAM template
/// @param apiPort 0 takes a free port; the same holds for the other three
/// @param containerHost the address of this machine at which containers reach the API, the event bus and
///     DynamoDB, which listen there too; empty keeps them to this machine
/// @param dataDirectory the folder of the data; empty keeps them in memory
/// @param externalDynamoDb a running DynamoDB to create the tables in; empty starts DynamoDB Local
/// @param functionsHaveAccessKeys whether each function's access key id is its logical id, by which a
///     [dev.overplane.crm.local.dynamodb.EmbeddedDynamoDb] knows its policies; otherwise all have that of `aws`
/// @param aws the environment variables with which functions reach DynamoDB: `AWS_REGION` and credentials
public record LocalStackConfig(
        Path template,
        int apiPort,
        int lambdaPort,
        int eventBridgePort,
        Optional<InetAddress> containerHost,
        int dynamoDbPort,
        Optional<Path> dataDirectory,
        Optional<URI> externalDynamoDb,
        boolean functionsHaveAccessKeys,
        Map<String, String> aws) {

    private static final String TEMPLATE = "template.yaml";
    private static final String IN_MEMORY = ":memory:";
    private static final Map<String, String> AWS =
            Map.of("AWS_REGION", "eu-central-1", "AWS_ACCESS_KEY_ID", "local", "AWS_SECRET_ACCESS_KEY", "local");

    private static final Map<String, String> WITHOUT_TRACE = Map.of(
            "PORT", "0", "LAMBDA_PORT", "0", "EVENTBRIDGE_PORT", "0", "DYNAMODB_PORT", "0", "DATA_DIR", IN_MEMORY);

    public LocalStackConfig {
        aws = Map.copyOf(aws);
    }

    /// Uses free ports, and keeps the data in memory.
    public static LocalStackConfig inMemory() {
        return of(WITHOUT_TRACE);
    }

    /// Uses free ports, and keeps the data in memory.
    ///
    /// @param template another template than the project's
    static LocalStackConfig inMemory(Path template) {
        return of(WITHOUT_TRACE, template);
    }

    /// Uses free ports, and keeps the data in a [dev.overplane.crm.local.dynamodb.EmbeddedDynamoDb] that runs
    /// already, which enforces the functions' policies if it knows them.
    public static LocalStackConfig on(URI embeddedDynamoDb) {
        var environment = new HashMap<>(WITHOUT_TRACE);
        environment.put("AWS_ENDPOINT_URL_DYNAMODB", embeddedDynamoDb.toString());
        return of(environment, findTemplate(), true);
    }

    /// Reads the environment variables `PORT`, `LAMBDA_PORT`, `EVENTBRIDGE_PORT`, `CONTAINER_HOST`,
    /// `DYNAMODB_PORT`, `DATA_DIR` and `AWS_ENDPOINT_URL_DYNAMODB`. Reads `AWS_REGION` and credentials only for an
    /// external DynamoDB.
    ///
    /// @throws StartupException if a variable is invalid, or if there is no template in the current folder or
    ///     above it
    public static LocalStackConfig of(Map<String, String> environment) {
        return of(environment, findTemplate());
    }

    private static LocalStackConfig of(Map<String, String> environment, Path template) {
        return of(
                environment,
                template,
                get(environment, "AWS_ENDPOINT_URL_DYNAMODB").isEmpty());
    }

    private static LocalStackConfig of(
            Map<String, String> environment, Path template, boolean functionsHaveAccessKeys) {
        var external = get(environment, "AWS_ENDPOINT_URL_DYNAMODB").map(LocalStackConfig::endpoint);
        var aws = new LinkedHashMap<>(AWS);
        if (external.isPresent()) {
            get(environment, "AWS_DEFAULT_REGION").ifPresent(region -> aws.put("AWS_REGION", region));
            for (var name : List.of("AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")) {
                get(environment, name).ifPresent(value -> aws.put(name, value));
            }
        }
        return new LocalStackConfig(
                template,
                port(environment, "PORT", 3000),
                port(environment, "LAMBDA_PORT", 3001),
                port(environment, "EVENTBRIDGE_PORT", 3002),
                get(environment, "CONTAINER_HOST").map(LocalStackConfig::ownAddress),
                port(environment, "DYNAMODB_PORT", 8000),
                Optional.of(get(environment, "DATA_DIR").orElse(".data"))
                        .filter(directory -> !directory.equals(IN_MEMORY))
                        .map(template::resolveSibling),
                external,
                functionsHaveAccessKeys,
                aws);
    }

    String region() {
        return aws.getOrDefault("AWS_REGION", "");
    }

    private static Path findTemplate() {
        var start = Path.of("").toAbsolutePath();
        for (var directory = start; directory != null; directory = directory.getParent()) {
            if (Files.isRegularFile(directory.resolve(TEMPLATE))) {
                return directory.resolve(TEMPLATE);
            }
        }
        throw new StartupException(
                "There is no " + TEMPLATE + " in " + start + " or above it: start the stack in the project's folder.");
    }

    private static URI endpoint(String value) {
        try {
            var uri = URI.create(value);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // The message below covers it.
        }
        throw new StartupException(
                "AWS_ENDPOINT_URL_DYNAMODB must be a URL such as http://127.0.0.1:8000, not " + value + ".");
    }

    private static InetAddress ownAddress(String value) {
        try {
            var address = Inet4Address.ofLiteral(value);
            if (NetworkInterface.getByInetAddress(address) != null) {
                return address;
            }
        } catch (IllegalArgumentException | SocketException e) {
            // The message below covers it.
        }
        throw new StartupException(
                "CONTAINER_HOST must be an IPv4 address of this machine, such as Docker's 172.17.0.1, not " + value
                        + ".");
    }

    private static int port(Map<String, String> environment, String name, int defaultPort) {
        var value = get(environment, name);
        if (value.isEmpty()) {
            return defaultPort;
        }
        if (value.get().matches("\\d{1,5}") && Integer.parseInt(value.get()) <= 65535) {
            return Integer.parseInt(value.get());
        }
        throw new StartupException(
                name + " must be a whole number from 0 (a free port) to 65535, not " + value.get() + ".");
    }

    private static Optional<String> get(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
