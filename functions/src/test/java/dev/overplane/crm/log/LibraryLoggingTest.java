package dev.overplane.crm.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.overplane.crm.json.Json;
import dev.overplane.crm.json.MalformedJsonException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LibraryLoggingTest {

    private final Logger logger = new LibraryLogging().getLoggerFactory().getLogger("a.library.Class");
    private final PrintStream console = System.out;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @BeforeEach
    void capture() {
        System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void give_the_console_back() {
        System.setOut(console);
    }

    @Test
    void a_warning_is_a_line_like_our_own() throws MalformedJsonException {
        logger.warn("{} of \"{}\"\nfailed", 3, "these");

        JsonNode line = Json.ofDepth(1).read(written.toString(StandardCharsets.UTF_8));
        assertEquals("WARN", line.get("level").textValue());
        assertEquals("library", line.get("event").textValue());
        assertEquals("a.library.Class", line.get("logger").textValue());
        assertEquals("3 of \"these\"\nfailed", line.get("message").textValue());
    }

    @Test
    void an_error_is_logged_with_the_trace_of_its_exception() throws MalformedJsonException {
        logger.error("failed", new IllegalStateException("why"));

        JsonNode line = Json.ofDepth(1).read(written.toString(StandardCharsets.UTF_8));
        assertEquals("ERROR", line.get("level").textValue());
        assertTrue(line.get("exception").textValue().startsWith("java.lang.IllegalStateException"));
    }

    @Test
    void what_is_less_than_a_warning_is_not_logged() {
        logger.info("a request, with its body");
        logger.debug("a request, with its body");
        logger.trace("a request, with its body");

        assertEquals("", written.toString(StandardCharsets.UTF_8));
    }
}
