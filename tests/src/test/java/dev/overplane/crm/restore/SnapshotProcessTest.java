package dev.overplane.crm.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.overplane.crm.testing.CredentialsEndpoint;
import dev.overplane.crm.testing.SnapshotRelay;
import dev.overplane.crm.testing.TestTables;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// What only a process of its own shows of a snapshot: what is in its heap, and where it looks names up.
@Execution(ExecutionMode.CONCURRENT) // They wait most of the time.
class SnapshotProcessTest {

    private static final String HOST = "localhost";
    private static final String EVENT = """
            {"httpMethod":"GET","resource":"/api/crm/market-segment/{id}","path":"/","pathParameters":\
            {"id":"market-segment_000001k0z56fv22bxbyhbe2yvq809xtd4yzs"},"requestContext":{"requestId":"1",\
            "path":"/v1/api/crm/market-segment/1","authorizer":{"account":"acct_snapshot","livemode":"false",\
            "scope":"read_only","key_id":"key_0000000000000000"}}}""";

    private final CredentialsEndpoint credentials = CredentialsEndpoint.start();

    @TempDir
    private Path directory;

    @AfterEach
    void stopCredentialsEndpoint() {
        credentials.close();
    }

    @Test
    void no_credentials_are_in_the_heap_of_a_function_that_waits_for_its_snapshot() throws IOException {
        String secret = CredentialsEndpoint.secretAccessKey("Before");
        try (var relay = SnapshotRelay.before(TestTables.shared().url());
                var process = new SnapshotProcess(List.of(), snapStart(relay.url()))) {
            assertEquals(0, credentials.asked());
            assertFalse(contains(process.dump(directory.resolve("primed.hprof")), secret));

            assertNotFound(process);

            assertTrue(contains(process.dump(directory.resolve("used.hprof")), secret), "the search finds nothing");
        }
    }

    @Test
    void the_first_request_goes_to_the_address_that_dynamodbs_name_has_after_the_restore() throws IOException {
        try (var moving = Moving.start()) {
            try (var process = new SnapshotProcess(moving.command(directory), snapStart(moving.url()))) {
                moving.move();

                assertNotFound(process);
            }
            assertEquals("", moving.former.received());
        }
    }

    @Test
    void a_function_that_has_looked_the_name_up_before_the_snapshot_goes_to_the_address_of_then() throws IOException {
        try (var moving = Moving.start()) {
            var environment = new HashMap<>(snapStart(moving.url()));
            environment.remove("AWS_LAMBDA_INITIALIZATION_TYPE");
            try (var process = new SnapshotProcess(moving.command(directory), environment)) {
                assertNotFound(process);
                moving.move();

                process.send(EVENT);
            }
            assertNotEquals("", moving.former.received());
        }
    }

    @Test
    void a_function_that_cannot_be_primed_says_so_in_its_log_and_a_primed_one_logs_no_request() throws IOException {
        try (var relay = SnapshotRelay.before(TestTables.shared().url());
                var primed = new SnapshotProcess(List.of(), snapStart(relay.url()))) {
            assertEquals(List.of("primed"), events(primed));
            relay.move();
            try (var unprimed = new SnapshotProcess(List.of(), snapStart(relay.url()))) {
                assertEquals(List.of("priming_failed"), events(unprimed));
            }
        }
    }

    /// DynamoDB by a name, in a file of hosts that the function alone sees: Linux, and the right to mount.
    private record Moving(SnapshotRelay former, SnapshotRelay present, Path hosts) implements AutoCloseable {

        static Moving start() throws IOException {
            assumeTrue(canMount(), "no file can be mounted here for one process");
            var former = SnapshotRelay.before(TestTables.shared().url());
            var moving = new Moving(
                    former,
                    SnapshotRelay.at(
                            "127.0.0.2", former.port(), TestTables.shared().url()),
                    Files.createTempFile("hosts", ""));
            moving.point("127.0.0.1");
            return moving;
        }

        URI url() {
            return URI.create("http://" + HOST + ":" + former.port());
        }

        List<String> command(Path directory) throws IOException {
            Path script = Files.writeString(
                    directory.resolve("mounted.sh"), "mount --bind '" + hosts + "' /etc/hosts && exec \"$@\"\n");
            return List.of("unshare", "--map-root-user", "--mount", "sh", script.toString());
        }

        void move() throws IOException {
            former.move();
            point("127.0.0.2");
        }

        private void point(String address) throws IOException {
            Files.writeString(hosts, address + " " + HOST + "\n");
        }

        private static boolean canMount() {
            try {
                return new ProcessBuilder(
                                        "unshare",
                                        "--map-root-user",
                                        "--mount",
                                        "mount",
                                        "--bind",
                                        "/etc/hosts",
                                        "/etc/hosts")
                                .start()
                                .waitFor()
                        == 0;
            } catch (IOException e) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        @Override
        public void close() throws IOException {
            former.close();
            present.close();
            Files.delete(hosts);
        }
    }

    private Map<String, String> snapStart(URI dynamoDb) {
        return credentials.snapStart(TestTables.environment(dynamoDb));
    }

    private static void assertNotFound(SnapshotProcess process) throws IOException {
        String result = process.send(EVENT);
        assertTrue(result.startsWith("{\"statusCode\":404,"), () -> result + process.logged());
    }

    private static List<String> events(SnapshotProcess process) {
        return process.logged().stream()
                .filter(line -> line.startsWith("{"))
                .map(line -> line.replaceFirst(".*\"event\":\"([^\"]*)\".*", "$1"))
                .toList();
    }

    private static boolean contains(byte[] heap, String text) {
        return new String(heap, StandardCharsets.ISO_8859_1).contains(text);
    }
}
