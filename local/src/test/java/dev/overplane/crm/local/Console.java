package dev.overplane.crm.local;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.function.Executable;

/// The console of this JVM, on which functions log.
final class Console {

    private Console() {}

    /// Does `work`, and returns what has been printed meanwhile in its place.
    static String printedBy(Executable work) throws Throwable {
        var console = System.out;
        var printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            work.execute();
        } finally {
            System.setOut(console);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
