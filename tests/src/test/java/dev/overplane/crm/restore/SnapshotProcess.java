package dev.overplane.crm.restore;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.sun.management.HotSpotDiagnosticMXBean;
import dev.overplane.crm.function.RetrieveMarketSegmentFunction;
import dev.overplane.crm.testing.TestContext;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A process with one function, made from its environment variables as on Lambda. It does what it reads, line by
/// line: `dump FILE` writes all that can be reached in its heap, and whatever else is an event.
final class SnapshotProcess implements AutoCloseable {

    private static final String READY = "READY";
    private static final String DUMP = "dump ";
    private static final String RESULT = "RESULT ";

    private final Process process;
    private final List<String> logged = new ArrayList<>();

    /// @param prefix the command that starts the process's own command, or nothing
    SnapshotProcess(List<String> prefix, Map<String, String> environment) throws IOException {
        var command = new ArrayList<>(prefix);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-classpath",
                System.getProperty("java.class.path"),
                SnapshotProcess.class.getName()));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
        builder.environment().putAll(environment);
        process = builder.start();
        await(READY);
    }

    /// Everything else that it has printed.
    List<String> logged() {
        return logged;
    }

    /// Writes its heap to a file that does not exist yet.
    byte[] dump(Path file) throws IOException {
        send(DUMP + file);
        return Files.readAllBytes(file);
    }

    /// The function's result for an event of one line.
    String send(String line) throws IOException {
        process.outputWriter().write(line + "\n");
        process.outputWriter().flush();
        return await(RESULT).substring(RESULT.length());
    }

    private String await(String wanted) throws IOException {
        BufferedReader reader = process.inputReader();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.startsWith(wanted)) {
                return line;
            }
            logged.add(line);
        }
        throw new IOException("the process has ended: " + logged);
    }

    @Override
    public void close() throws IOException {
        process.outputWriter().close();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public static void main(String[] arguments) throws IOException {
        RequestStreamHandler function = new RetrieveMarketSegmentFunction();
        System.out.println(READY);
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            var result = new ByteArrayOutputStream();
            if (line.startsWith(DUMP)) {
                ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                        .dumpHeap(line.substring(DUMP.length()), true);
            } else {
                function.handleRequest(
                        new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)), result, new TestContext());
            }
            System.out.println(RESULT + result.toString(StandardCharsets.UTF_8));
        }
        // The HTTP client's native threads take their time to end.
        System.exit(0);
    }
}
