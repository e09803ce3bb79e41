package dev.overplane.crm.local;

import dev.overplane.crm.local.http.LoopbackServer;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// What a [LocalStack] is to be.
///
/// @param template the SAM template
/// @param apiPort 0 for a free one, like the other two
/// @param dynamoDbHost the address at which the stack's own DynamoDB listens; the wildcard address for all
/// @param dataDirectory where data are kept; empty for nowhere: they end with the stack
/// @param externalDynamoDb a DynamoDB that runs already, in which missing tables are made; empty for one of the
///     stack's own
/// @param functionsDynamoDb from the address of that DynamoDB, the one that functions are given
/// @param clock tells when what the API's authorizer answered grows stale
/// @param aws the variables with which functions reach DynamoDB: `AWS_REGION` and credentials
public record LocalStackConfig(
        Path template,
        int apiPort,
        int lambdaPort,
        InetAddress dynamoDbHost,
        int dynamoDbPort,
        Optional<Path> dataDirectory,
        Optional<URI> externalDynamoDb,
        UnaryOperator<URI> functionsDynamoDb,
        Clock clock,
        Map<String, String> aws) {

    private static final String TEMPLATE = "template.yaml";
    private static final String IN_MEMORY = ":memory:";
    private static final Map<String, String> AWS =
            Map.of("AWS_REGION", "eu-central-1", "AWS_ACCESS_KEY_ID", "local", "AWS_SECRET_ACCESS_KEY", "local");

    public LocalStackConfig {
        aws = Map.copyOf(aws);
    }

    /// Free ports, nothing kept.
    public static LocalStackConfig inMemory() {
        return new LocalStackConfig(
                findTemplate(),
                0,
                0,
                LoopbackServer.LOOPBACK,
                0,
                Optional.empty(),
                Optional.empty(),
                UnaryOperator.identity(),
                Clock.systemUTC(),
                AWS);
    }

    /// As environment variables say: `PORT`, `LAMBDA_PORT`, `DYNAMODB_HOST`, `DYNAMODB_PORT`, `DATA_DIR` and
    /// `AWS_ENDPOINT_URL_DYNAMODB`; the latter with `AWS_REGION` and credentials, if they are there.
    ///
    /// @throws StackException if one of them makes no sense
    public static LocalStackConfig of(Map<String, String> environment) {
        var template = findTemplate();
        var external = set(environment, "AWS_ENDPOINT_URL_DYNAMODB").map(LocalStackConfig::endpoint);
        var aws = new LinkedHashMap<>(AWS);
        if (external.isPresent()) {
            set(environment, "AWS_DEFAULT_REGION").ifPresent(region -> aws.put("AWS_REGION", region));
            for (var name :
                    new String[] {"AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"}) {
                set(environment, name).ifPresent(value -> aws.put(name, value));
            }
        }
        return new LocalStackConfig(
                template,
                port(environment, "PORT", 3000),
                port(environment, "LAMBDA_PORT", 3001),
                set(environment, "DYNAMODB_HOST")
                        .map(LocalStackConfig::ownAddress)
                        .orElse(LoopbackServer.LOOPBACK),
                port(environment, "DYNAMODB_PORT", 8000),
                dataDirectory(set(environment, "DATA_DIR"), template),
                external,
                UnaryOperator.identity(),
                Clock.systemUTC(),
                aws);
    }

    public LocalStackConfig withTemplate(Path file) {
        return new LocalStackConfig(
                file,
                apiPort,
                lambdaPort,
                dynamoDbHost,
                dynamoDbPort,
                dataDirectory,
                externalDynamoDb,
                functionsDynamoDb,
                clock,
                aws);
    }

    public LocalStackConfig withDataDir(Path directory) {
        return new LocalStackConfig(
                template,
                apiPort,
                lambdaPort,
                dynamoDbHost,
                dynamoDbPort,
                Optional.of(directory),
                externalDynamoDb,
                functionsDynamoDb,
                clock,
                aws);
    }

    public LocalStackConfig withApiPort(int port) {
        return new LocalStackConfig(
                template,
                port,
                lambdaPort,
                dynamoDbHost,
                dynamoDbPort,
                dataDirectory,
                externalDynamoDb,
                functionsDynamoDb,
                clock,
                aws);
    }

    public LocalStackConfig withClock(Clock other) {
        return new LocalStackConfig(
                template,
                apiPort,
                lambdaPort,
                dynamoDbHost,
                dynamoDbPort,
                dataDirectory,
                externalDynamoDb,
                functionsDynamoDb,
                other,
                aws);
    }

    /// Uses a DynamoDB that runs already.
    public LocalStackConfig withExternalDynamoDb(URI endpoint) {
        return new LocalStackConfig(
                template,
                apiPort,
                lambdaPort,
                dynamoDbHost,
                dynamoDbPort,
                dataDirectory,
                Optional.of(endpoint),
                functionsDynamoDb,
                clock,
                aws);
    }

    /// Gives functions another address for DynamoDB than the one at which tables are made: that of a proxy that
    /// injects faults.
    public LocalStackConfig withDynamoDbEndpoint(URI endpoint) {
        return withDynamoDbProxy(_ -> endpoint);
    }

    /// The same for a proxy that can only be made when DynamoDB's address is known: called once, before the
    /// functions are made.
    public LocalStackConfig withDynamoDbProxy(UnaryOperator<URI> proxy) {
        return new LocalStackConfig(
                template,
                apiPort,
                lambdaPort,
                dynamoDbHost,
                dynamoDbPort,
                dataDirectory,
                externalDynamoDb,
                proxy,
                clock,
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
        throw new StackException("There is no " + TEMPLATE + " in " + start
                + " nor above it: start the stack from the project's folder.");
    }

    private static Optional<Path> dataDirectory(Optional<String> value, Path template) {
        return value.filter(IN_MEMORY::equals).isPresent()
                ? Optional.empty()
                : Optional.of(template.resolveSibling(value.orElse(".data")));
    }

    private static URI endpoint(String value) {
        try {
            var uri = URI.create(value);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new StackException(
                "AWS_ENDPOINT_URL_DYNAMODB must be a URL such as http://127.0.0.1:8000, not " + value + ".");
    }

    private static InetAddress ownAddress(String value) {
        try {
            var address = Inet4Address.ofLiteral(value);
            if (address.isAnyLocalAddress() || NetworkInterface.getByInetAddress(address) != null) {
                return address;
            }
        } catch (IllegalArgumentException | SocketException e) {
            // Said below.
        }
        throw new StackException(
                "DYNAMODB_HOST must be an IPv4 address of this machine, or 0.0.0.0 for all of them, not " + value
                        + ".");
    }

    private static int port(Map<String, String> environment, String name, int otherwise) {
        var value = set(environment, name);
        if (value.isEmpty()) {
            return otherwise;
        }
        if (value.get().matches("\\d{1,5}") && Integer.parseInt(value.get()) <= 65535) {
            return Integer.parseInt(value.get());
        }
        throw new StackException(
                name + " must be a whole number from 0 (a free port) to 65535, not " + value.get() + ".");
    }

    private static Optional<String> set(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
