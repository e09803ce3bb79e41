package dev.overplane.crm.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.overplane.crm.testing.client.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Takes what is printed to `System.out`, where functions log, until it is closed. Nothing of it reaches the console.
///
/// It takes what the whole JVM prints: a test asks for its own among the lines, and lets no other capture beside it.
public final class CapturedOutput implements AutoCloseable {

    private final PrintStream console = System.out;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private CapturedOutput() {}

    /// Takes what is printed from now on.
    public static CapturedOutput start() {
        var output = new CapturedOutput();
        System.setOut(new PrintStream(output.printed, true, StandardCharsets.UTF_8));
        return output;
    }

    /// All that was taken since the start or [#forget]; also after the end.
    public String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    /// The lines of [#text].
    public List<String> lines() {
        return text().lines().toList();
    }

    /// The lines of [#text] that are JSON objects: a stack may print others, such as its events.
    ///
    /// @throws AssertionError if one begins as an object and is none
    public List<JsonNode> jsonLines() {
        return text().lines()
                .filter(line -> line.startsWith("{"))
                .map(Json::read)
                .toList();
    }

    /// Begins a new record.
    public void forget() {
        printed.reset();
    }

    /// Gives the console back.
    @Override
    public void close() {
        System.setOut(console);
    }
}
