package dev.overplane.crm.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {

    @TempDir
    private Path directory;

    @Test
    void itGreetsWithWorkingAddressesAndEndsWhenTold() throws Exception {
        try (var stack = new StackProcess(Map.of("DATA_DIR", ":memory:")).awaitStart()) {
            assertEquals(List.of(), stack.caller().ids());
            var started = System.nanoTime();
            stack.terminate();
            assertEquals(143, stack.exitCode());
            assertTrue(System.nanoTime() - started < Duration.ofSeconds(5).toNanos());
        }
    }

    @Test
    void itEndsWithTheProcessThatStartedItIfAskedTo() throws Exception {
        // A shell in between plays Maven. It does not wait for the stack, but for a line that never comes.
        var main = StackProcess.command(Main.END_WITH_PARENT).stream()
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" "));
        var shell = new ProcessBuilder("sh", "-c", main + " & echo $!; read never");
        shell.environment()
                .putAll(Map.of("DATA_DIR", ":memory:", "PORT", "0", "LAMBDA_PORT", "0", "DYNAMODB_PORT", "0"));
        var parent = shell.start();
        var stack = ProcessHandle.of(Long.parseLong(parent.inputReader().readLine()))
                .orElseThrow();
        try {
            // Until it is up, so that it surely watches.
            parent.inputReader().lines().anyMatch(line -> line.startsWith("Ctrl-C"));
            parent.destroyForcibly();
            stack.onExit().get(20, TimeUnit.SECONDS);
        } finally {
            stack.destroyForcibly();
        }
    }

    @Test
    void aPortInUseIsOneSentence() throws Exception {
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
    void aVariableThatMakesNoSenseIsOneSentence() throws Exception {
        try (var stack = new StackProcess(Map.of("LAMBDA_PORT", "three"))) {
            assertEquals(
                    List.of("LAMBDA_PORT must be a whole number from 0 (a free port) to 65535, not three."),
                    stack.awaitEnd());
            assertEquals(1, stack.exitCode());
        }
    }

    @Test
    void dataInUseByAnotherProcessIsOneSentence() throws Exception {
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
