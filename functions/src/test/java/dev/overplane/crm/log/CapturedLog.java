package dev.overplane.crm.log;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// Takes what is logged until it is closed, which is whatever the whole JVM prints to `System.out`.
public final class CapturedLog implements AutoCloseable {

    private final PrintStream console = System.out;
    private final ByteArrayOutputStream logged = new ByteArrayOutputStream();

    private CapturedLog() {}

    /// Takes what is logged from now on.
    public static CapturedLog start() {
        var log = new CapturedLog();
        System.setOut(new PrintStream(log.logged, true, StandardCharsets.UTF_8));
        return log;
    }

    /// All that was logged since the start.
    public String text() {
        return logged.toString(StandardCharsets.UTF_8);
    }

    /// Gives the console back.
    @Override
    public void close() {
        System.setOut(console);
    }
}
