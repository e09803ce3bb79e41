package dev.overplane.crm.local;

import dev.overplane.crm.local.http.TestClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs the stack in a process of its own, as its user does.
final class StackProcess implements AutoCloseable {

    private final Process process;
    private final List<String> output = new ArrayList<>();

    StackProcess(Map<String, String> environment) throws IOException {
        var builder = new ProcessBuilder(command());
        builder.environment().putAll(Map.of("PORT", "0", "LAMBDA_PORT", "0", "DYNAMODB_PORT", "0"));
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true);
        process = builder.start();
    }

    static List<String> command(String... arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-classpath",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /// Waits until the banner has been printed.
    StackProcess awaitStart() throws IOException {
        var reader = process.inputReader();
        for (String line; (line = reader.readLine()) != null; ) {
            output.add(line);
            if (line.startsWith("Press Ctrl-C")) {
                // A full pipe would block the process.
                Thread.ofVirtual().start(() -> drain(reader));
                return this;
            }
        }
        throw new IOException("the process ended: " + output);
    }

    SegmentClient client() {
        return new SegmentClient(new TestClient(URI.create(value("API  "))), value("API key"));
    }

    /// Waits until the process ends, and returns its output.
    List<String> awaitEnd() throws IOException, InterruptedException {
        process.inputReader().lines().forEach(output::add);
        process.waitFor(20, TimeUnit.SECONDS);
        return output;
    }

    int exitCode() {
        return process.exitValue();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    void terminate() throws InterruptedException {
        process.destroy();
        process.waitFor(20, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private String value(String label) {
        return output.stream()
                .filter(line -> line.startsWith(label))
                .findFirst()
                .orElseThrow()
                .substring(label.length())
                .strip();
    }

    private static void drain(BufferedReader reader) {
        reader.lines().forEach(_ -> {});
    }
}
