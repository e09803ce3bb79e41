package dev.overplane.crm.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.json.Json;
import dev.overplane.crm.json.MalformedJsonException;
import java.time.Instant;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LogTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

    @Test
    void an_event_is_one_json_object_with_its_fields_in_their_order() {
        assertEquals(
                """
                {"timestamp":"2026-01-02T03:04:05.678Z","level":"INFO","event":"request",\
                "path":"/\\"a\\"","status":200,"livemode":true}""",
                Log.line(
                        NOW,
                        "INFO",
                        "request",
                        null,
                        null,
                        fields ->
                                fields.add("path", "/\"a\"").add("status", 200).add("livemode", true)));
    }

    @Test
    void an_exception_is_logged_with_its_trace_on_the_same_line() throws MalformedJsonException {
        String line = Log.line(NOW, "ERROR", "internal_error", new IllegalStateException("why"), null, _ -> {});
        String exception = Json.ofDepth(1).read(line).get("exception").textValue();
        assertTrue(exception.startsWith("java.lang.IllegalStateException\n\tat " + LogTest.class.getName()), exception);
        assertFalse(line.contains("\n"));
    }

    private static final class OurException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private OurException(Throwable cause) {
            super("ours", cause);
        }
    }

    @Test
    void of_an_exception_and_its_causes_only_our_own_messages_are_shown() {
        var java = new NumberFormatException("For input string: sk_test_secret");
        var ours = new OurException(new IllegalStateException("sk_test_secret", new OurException(java)));
        String trace = StackTrace.of(ours);
        assertTrue(trace.startsWith(OurException.class.getName() + ": ours\n\tat "), trace);
        assertTrue(trace.contains("\nCaused by: java.lang.IllegalStateException\n\tat "), trace);
        assertTrue(trace.contains("\nCaused by: " + OurException.class.getName() + ": ours\n\tat "), trace);
        assertTrue(trace.contains("\nCaused by: java.lang.NumberFormatException\n\tat "), trace);
        assertFalse(trace.contains("secret"), trace);
    }

    @Test
    void exceptions_that_cause_one_another_end() {
        var one = new IllegalStateException("one");
        one.initCause(new OurException(one));
        assertEquals(
                2,
                StackTrace.of(one)
                        .lines()
                        .filter(line -> !line.startsWith("\t"))
                        .count());
    }
}
