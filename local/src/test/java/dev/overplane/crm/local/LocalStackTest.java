package dev.overplane.crm.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.overplane.crm.local.startup.StartupException;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LocalStackTest {

    @TempDir
    private Path directory;

    @Test
    void data_and_key_survive_a_restart() throws Exception {
        String key;
        String created;
        try (var stack = LocalStack.start(config("DATA_DIR", directory))) {
            key = stack.apiKey();
            created = SegmentClient.of(stack).create();
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("api-key"))));
        }
        try (var stack = LocalStack.start(config("DATA_DIR", directory))) {
            assertEquals(key, stack.apiKey());
            assertEquals(List.of(created), SegmentClient.of(stack).ids());
        }
    }

    @Test
    void a_stored_key_that_does_not_work_is_replaced() throws Exception {
        Files.writeString(directory.resolve("api-key"), "sk_test_nonsense\n");
        try (var stack = LocalStack.start(config("DATA_DIR", directory))) {
            assertNotEquals("sk_test_nonsense", stack.apiKey());
            assertEquals(stack.apiKey() + "\n", Files.readString(directory.resolve("api-key")));
            assertEquals(List.of(), SegmentClient.of(stack).ids());
        }
    }

    @Test
    void two_stacks_in_memory_share_nothing() throws Exception {
        try (var one = LocalStack.start(LocalStackConfig.inMemory());
                var other = LocalStack.start(LocalStackConfig.inMemory())) {
            SegmentClient.of(one).create();
            assertEquals(List.of(), SegmentClient.of(other).ids());
        }
    }

    @Test
    void two_stacks_cannot_use_the_same_data() {
        var config = config("DATA_DIR", directory);
        try (var _ = LocalStack.start(config)) {
            var error = assertThrows(StartupException.class, () -> LocalStack.start(config));
            assertTrue(
                    error.getMessage().startsWith("Another local stack uses the data in " + directory),
                    error.getMessage());
        }
    }

    @Test
    void the_error_names_a_folder_that_cannot_be_created() throws IOException {
        var file = Files.createFile(directory.resolve("file"));
        var error = assertThrows(StartupException.class, () -> LocalStack.start(config("DATA_DIR", file)));
        assertTrue(error.getMessage().startsWith("The data folder " + file + " cannot be written"), error.getMessage());
    }

    @Test
    void the_error_names_a_port_in_use_and_nothing_is_left_running() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var error = assertThrows(
                    StartupException.class,
                    () -> LocalStack.start(config("DATA_DIR", directory, "PORT", taken.getLocalPort())));
            assertTrue(
                    error.getMessage().startsWith("Port " + taken.getLocalPort() + " is in use"), error.getMessage());
            // A stack that was left running would still lock the data.
            LocalStack.start(config("DATA_DIR", directory)).close();
        }
    }

    @Test
    void tables_are_created_in_an_external_dynamodb() throws Exception {
        try (var owner = LocalStack.start(LocalStackConfig.inMemory());
                var guest = LocalStack.start(config("AWS_ENDPOINT_URL_DYNAMODB", owner.dynamoDbUrl()))) {
            assertEquals(owner.dynamoDbUrl(), guest.dynamoDbUrl());
            var created = SegmentClient.of(guest).create();
            assertEquals(List.of(created), SegmentClient.of(owner).ids());
        }
    }

    @Test
    void the_error_names_a_dynamodb_that_does_not_respond() throws IOException {
        URI nobody;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        var error = assertThrows(
                StartupException.class, () -> LocalStack.start(config("AWS_ENDPOINT_URL_DYNAMODB", nobody)));
        assertTrue(error.getMessage().startsWith("No DynamoDB responds at " + nobody), error.getMessage());
    }

    @Test
    void nothing_is_reachable_from_other_hosts() throws Exception {
        var outside = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress())
                .toList();
        try (var stack = LocalStack.start(LocalStackConfig.inMemory())) {
            for (var url : List.of(
                    stack.apiUrl(),
                    stack.lambdaUrl(),
                    stack.dynamoDbUrl(),
                    stack.eventBridgeUrl().orElseThrow())) {
                for (var address : outside) {
                    assertThrows(ConnectException.class, () -> connect(address, url.getPort()), url + " at " + address);
                }
                connect(InetAddress.getByName("127.0.0.1"), url.getPort());
            }
        }
    }

    @Test
    void containers_reach_all_but_the_invoke_api_at_their_address_of_this_machine() throws Exception {
        var outside = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .findFirst();
        assumeTrue(outside.isPresent(), "This machine has no address but the loopback one.");
        try (var stack = LocalStack.start(config("CONTAINER_HOST", outside.get().getHostAddress()))) {
            for (var url : List.of(
                    stack.apiUrl(), stack.dynamoDbUrl(), stack.eventBridgeUrl().orElseThrow())) {
                connect(outside.get(), url.getPort());
                connect(InetAddress.getByName("127.0.0.1"), url.getPort());
            }
            assertThrows(
                    ConnectException.class,
                    () -> connect(outside.get(), stack.lambdaUrl().getPort()));
        }
    }

    /// Configures a stack in memory on free ports, but for these environment variables: name, value, name,
    /// value.
    private static LocalStackConfig config(Object... variables) {
        var environment = new HashMap<>(Map.of(
                "PORT",
                "0",
                "LAMBDA_PORT",
                "0",
                "EVENTBRIDGE_PORT",
                "0",
                "DYNAMODB_PORT",
                "0",
                "DATA_DIR",
                ":memory:"));
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i].toString(), variables[i + 1].toString());
        }
        return LocalStackConfig.of(environment);
    }

    private static void connect(InetAddress address, int port) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 2000);
        }
    }
}
