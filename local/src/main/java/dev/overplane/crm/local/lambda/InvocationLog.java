package dev.overplane.crm.local.lambda;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// Writes the log of one invocation to the console, and keeps the end of it for `X-Amz-Log-Type: Tail`.
/// Thread-safe.
final class InvocationLog implements LambdaLogger {

    /// Lambda's limit is 4 KB.
    private static final int TAIL_LENGTH = 4096;

    private final PrintStream console;
    private final StringBuilder tail = new StringBuilder();

    InvocationLog(PrintStream console) {
        this.console = console;
    }

    @Override
    public void log(String message) {
        var line = message.endsWith("\n") ? message : message + "\n";
        console.print(line);
        append(line);
    }

    @Override
    public void log(byte[] message) {
        log(new String(message, StandardCharsets.UTF_8));
    }

    /// Adds a line to the end that is kept, but not to the console.
    synchronized void append(String line) {
        tail.append(line);
        tail.delete(0, Math.max(0, tail.length() - TAIL_LENGTH));
    }

    synchronized String tail() {
        return tail.toString();
    }
}
