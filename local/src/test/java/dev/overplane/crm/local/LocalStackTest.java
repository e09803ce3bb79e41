package dev.overplane.crm.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStackTest {

    @TempDir
    private Path directory;

    @Test
    void dataAndKeySurviveARestart() throws Exception {
        String key;
        String created;
        try (var stack = LocalStack.start(LocalStackConfig.inMemory().withDataDir(directory))) {
            key = stack.apiKey();
            created = new Caller(stack.apiUrl(), key).create();
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("api-key"))));
        }
        try (var stack = LocalStack.start(LocalStackConfig.inMemory().withDataDir(directory))) {
            assertEquals(key, stack.apiKey());
            assertEquals(List.of(created), new Caller(stack.apiUrl(), key).ids());
        }
    }

    @Test
    void aKeptKeyThatDoesNotWorkIsReplaced() throws Exception {
        Files.writeString(directory.resolve("api-key"), "sk_test_nonsense\n");
        try (var stack = LocalStack.start(LocalStackConfig.inMemory().withDataDir(directory))) {
            assertNotEquals("sk_test_nonsense", stack.apiKey());
            assertEquals(stack.apiKey() + "\n", Files.readString(directory.resolve("api-key")));
            assertEquals(List.of(), new Caller(stack.apiUrl(), stack.apiKey()).ids());
        }
    }

    @Test
    void twoStacksInMemoryShareNothing() throws Exception {
        try (var one = LocalStack.start(LocalStackConfig.inMemory());
                var other = LocalStack.start(LocalStackConfig.inMemory())) {
            new Caller(one.apiUrl(), one.apiKey()).create();
            assertEquals(List.of(), new Caller(other.apiUrl(), other.apiKey()).ids());
        }
    }

    @Test
    void twoStacksCannotUseTheSameData() {
        var config = LocalStackConfig.inMemory().withDataDir(directory);
        try (var _ = LocalStack.start(config)) {
            var error = assertThrows(StackException.class, () -> LocalStack.start(config));
            assertTrue(
                    error.getMessage().startsWith("Another local stack uses the data in " + directory),
                    error.getMessage());
        }
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws IOException {
        var file = Files.createFile(directory.resolve("file"));
        var error = assertThrows(
                StackException.class,
                () -> LocalStack.start(LocalStackConfig.inMemory().withDataDir(file)));
        assertTrue(error.getMessage().startsWith("The data folder " + file + " cannot be written"), error.getMessage());
    }

    @Test
    void aPortInUseIsNamedAndNothingIsLeftRunning() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var config = LocalStackConfig.inMemory().withDataDir(directory);
            var error = assertThrows(
                    StackException.class, () -> LocalStack.start(config.withApiPort(taken.getLocalPort())));
            assertTrue(
                    error.getMessage().startsWith("Port " + taken.getLocalPort() + " is in use"), error.getMessage());
            // The lock on the data would still be held if anything were left.
            LocalStack.start(config).close();
        }
    }

    @Test
    void tablesAreMadeInADynamoDbThatRunsAlready() throws Exception {
        try (var owner = LocalStack.start(LocalStackConfig.inMemory());
                var guest = LocalStack.start(LocalStackConfig.inMemory().withExternalDynamoDb(owner.dynamoDbUrl()))) {
            assertEquals(owner.dynamoDbUrl(), guest.dynamoDbUrl());
            var created = new Caller(guest.apiUrl(), guest.apiKey()).create();
            assertEquals(List.of(created), new Caller(owner.apiUrl(), owner.apiKey()).ids());
        }
    }

    @Test
    void aDynamoDbThatDoesNotAnswerIsNamed() throws IOException {
        URI nobody;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        var error = assertThrows(
                StackException.class,
                () -> LocalStack.start(LocalStackConfig.inMemory().withExternalDynamoDb(nobody)));
        assertTrue(error.getMessage().startsWith("No DynamoDB answers at " + nobody), error.getMessage());
    }

    @Test
    void functionsMayReachDynamoDbThroughAProxyWhileTablesAreMadeWithoutIt() {
        try (var stack =
                LocalStack.start(LocalStackConfig.inMemory().withDynamoDbProxy(direct -> URI.create(direct + "/")))) {
            assertEquals(
                    stack.dynamoDbUrl() + "/",
                    stack.environment("CreateMarketSegmentFunction").get("AWS_ENDPOINT_URL_DYNAMODB"));
            assertEquals(
                    "market-segment-local-SegmentsTable",
                    stack.environment("CreateMarketSegmentFunction").get("SEGMENTS_TABLE"));
        }
    }

    @Test
    void nothingIsReachableFromOtherHosts() throws Exception {
        var outside = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress())
                .toList();
        try (var stack = LocalStack.start(LocalStackConfig.inMemory())) {
            for (var url : List.of(stack.apiUrl(), stack.lambdaUrl(), stack.dynamoDbUrl())) {
                for (var address : outside) {
                    assertThrows(ConnectException.class, () -> connect(address, url.getPort()), url + " at " + address);
                }
                connect(InetAddress.getByName("127.0.0.1"), url.getPort());
            }
        }
    }

    @Test
    void dynamoDbAloneIsReachableFromOtherHostsWhereItsHostSaysSo() throws Exception {
        var outside = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .findFirst();
        assumeTrue(outside.isPresent(), "This machine has no address but the loopback one.");
        var address = outside.get().getHostAddress();
        for (var host : List.of("0.0.0.0", address)) {
            var config = LocalStackConfig.of(Map.of(
                    "PORT",
                    "0",
                    "LAMBDA_PORT",
                    "0",
                    "DYNAMODB_PORT",
                    "0",
                    "DATA_DIR",
                    ":memory:",
                    "DYNAMODB_HOST",
                    host));
            try (var stack = LocalStack.start(config)) {
                connect(outside.get(), stack.dynamoDbUrl().getPort());
                assertEquals(
                        host.equals(address) ? address : "127.0.0.1",
                        stack.dynamoDbUrl().getHost());
                for (var url : List.of(stack.apiUrl(), stack.lambdaUrl())) {
                    assertThrows(ConnectException.class, () -> connect(outside.get(), url.getPort()), url.toString());
                }
            }
        }
    }

    private static void connect(InetAddress address, int port) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 2000);
        }
    }
}
