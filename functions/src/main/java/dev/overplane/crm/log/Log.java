package dev.overplane.crm.log;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.overplane.crm.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Writes one JSON object a line to standard output; Lambda passes it to CloudWatch as it is. `timestamp` and
/// `level` have the names that Lambda's own [log-level
/// filter](https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html) knows.
///
/// Thread-safe. Never log a key's secret or a client's data; of an exception, [StackTrace] takes care.
public final class Log {

    /// Members of a log line.
    public interface Fields {

        /// Adds a text.
        Fields add(String name, String value);

        /// Adds a whole number.
        Fields add(String name, long value);

        /// Adds a number.
        Fields add(String name, double value);

        /// Adds a truth value.
        Fields add(String name, boolean value);
    }

    private static final ScopedValue<Boolean> REHEARSAL = ScopedValue.newInstance();

    private Log() {}

    /// Does `work`, during which events of normal operation are not logged: they are no client's. Failures are.
    public static void rehearsal(Runnable work) {
        ScopedValue.where(REHEARSAL, true).run(work);
    }

    /// Logs an event of normal operation.
    public static void info(String event, Consumer<Fields> fields) {
        writeInfo(event, null, fields);
    }

    /// Logs a state that should not occur, and that the code has dealt with.
    public static void warn(String event, Consumer<Fields> fields) {
        write("WARN", event, null, fields);
    }

    /// Logs a failure that somebody should look into.
    public static void error(String event, Throwable cause, Consumer<Fields> fields) {
        write("ERROR", event, cause, fields);
    }

    /// Logs an event of normal operation in a line that CloudWatch takes metrics from.
    ///
    /// @param fields the metrics among them
    public static void info(String event, Metrics metrics, Consumer<Fields> fields) {
        writeInfo(event, metrics, fields);
    }

    /// Logs what a library says.
    static void library(String level, @Nullable Throwable cause, Consumer<Fields> fields) {
        write(level, "library", cause, fields);
    }

    private static void writeInfo(String event, @Nullable Metrics metrics, Consumer<Fields> fields) {
        // Made in a rehearsal too: that is how its classes come to be loaded.
        String line = line(Instant.now(), "INFO", event, null, metrics, fields);
        if (!REHEARSAL.isBound()) {
            System.out.println(line);
        }
    }

    private static void write(String level, String event, @Nullable Throwable cause, Consumer<Fields> fields) {
        System.out.println(line(Instant.now(), level, event, cause, null, fields));
    }

    /// The line for an event.
    static String line(
            Instant now,
            String level,
            String event,
            @Nullable Throwable cause,
            @Nullable Metrics metrics,
            Consumer<Fields> fields) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("timestamp", now.toString());
            json.writeStringField("level", level);
            json.writeStringField("event", event);
            fields.accept(new JsonFields(json));
            if (cause != null) {
                json.writeStringField("exception", StackTrace.of(cause));
            }
            if (metrics != null) {
                metrics.write(json, now);
            }
            json.writeEndObject();
        });
    }

    private record JsonFields(JsonGenerator json) implements Fields {

        @FunctionalInterface
        private interface Member {
            void write() throws IOException;
        }

        @Override
        public Fields add(String name, String value) {
            return add(() -> json.writeStringField(name, value));
        }

        @Override
        public Fields add(String name, long value) {
            return add(() -> json.writeNumberField(name, value));
        }

        @Override
        public Fields add(String name, double value) {
            return add(() -> json.writeNumberField(name, value));
        }

        @Override
        public Fields add(String name, boolean value) {
            return add(() -> json.writeBooleanField(name, value));
        }

        private Fields add(Member member) {
            try {
                member.write();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return this;
        }
    }
}
