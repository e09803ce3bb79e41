package dev.overplane.crm.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Execution(ExecutionMode.CONCURRENT)
class MainTest {

    @TempDir
    private Path directory;

    @Test
    void it_prints_a_working_address_and_key_and_stops_on_sigterm() throws Exception {
        try (var stack = new StackProcess(Map.of("DATA_DIR", ":memory:")).awaitStart()) {
            assertEquals(List.of(), stack.client().ids());
            stack.terminate();
            assertEquals(143, stack.exitCode());
        }
    }

    @Test
    void it_stops_with_its_parent_process_on_request() throws Exception {
        // The shell takes the part of Maven. It waits for input that never comes, and does not wait for the
        // stack.
        var main = StackProcess.command(Main.END_WITH_PARENT).stream()
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" "));
        var shell = new ProcessBuilder("sh", "-c", main + " & echo $!; read never");
        shell.environment()
                .putAll(Map.of(
                        "DATA_DIR",
                        ":memory:",
                        "PORT",
                        "0",
                        "LAMBDA_PORT",
                        "0",
                        "EVENTBRIDGE_PORT",
                        "0",
                        "DYNAMODB_PORT",
                        "0"));
        var parent = shell.start();
        var stack = ProcessHandle.of(Long.parseLong(parent.inputReader().readLine()))
                .orElseThrow();
        try {
            // By then it observes its parent.
            assertTrue(parent.inputReader().lines().anyMatch(line -> line.startsWith("Press Ctrl-C")));
            parent.destroyForcibly();
            stack.onExit().get(20, TimeUnit.SECONDS);
        } finally {
            stack.destroyForcibly();
        }
    }

    @Test
    void the_error_for_a_port_in_use_is_one_sentence() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var stack = new StackProcess(
                        Map.of("DATA_DIR", ":memory:", "PORT", Integer.toString(taken.getLocalPort())))) {
            var output = stack.awaitEnd();
            assertEquals(
                    List.of("Port " + taken.getLocalPort()
                            + " is in use: stop what listens there, or choose another with PORT (0 takes a free one)."),
                    output);
            assertEquals(1, stack.exitCode());
        }
    }

    @Test
    void the_error_for_data_that_another_process_uses_is_one_sentence() throws Exception {
        var data = Map.of("DATA_DIR", directory.toString());
        try (var _ = new StackProcess(data).awaitStart();
                var second = new StackProcess(data)) {
            assertEquals(
                    List.of("Another local stack uses the data in " + directory
                            + ": stop it, or choose another DATA_DIR."),
                    second.awaitEnd());
            assertEquals(1, second.exitCode());
        }
    }
}
