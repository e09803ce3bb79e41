package dev.overplane.crm.local.lambda;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// What one invocation logs: passed on to the console, and its tail kept for `X-Amz-Log-Type: Tail`.
/// Thread-safe.
final class InvocationLog implements LambdaLogger {

    /// Lambda's own bound.
    private static final int TAIL = 4096;

    private final PrintStream console;
    private final StringBuilder tail = new StringBuilder();

    InvocationLog(PrintStream console) {
        this.console = console;
    }

    @Override
    public void log(String message) {
        var line = message.endsWith("\n") ? message : message + "\n";
        console.print(line);
        keep(line);
    }

    @Override
    public void log(byte[] message) {
        log(new String(message, StandardCharsets.UTF_8));
    }

    /// Keeps a line of Lambda's own, which the console need not show.
    synchronized void keep(String line) {
        tail.append(line);
        tail.delete(0, Math.max(0, tail.length() - TAIL));
    }

    synchronized String tail() {
        return tail.toString();
    }
}
