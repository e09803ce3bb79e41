package dev.overplane.crm.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.overplane.crm.json.Json;
import dev.overplane.crm.json.MalformedJsonException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LibraryLoggingTest {

    private final Logger logger = new LibraryLogging().getLoggerFactory().getLogger("a.library.Class");

    @AutoClose
    private final CapturedLog log = CapturedLog.start();

    @Test
    void a_warning_is_a_line_like_our_own() throws MalformedJsonException {
        logger.warn("{} of \"{}\"\nfailed", 3, "these");

        JsonNode line = Json.ofDepth(1).read(log.text());
        assertEquals("WARN", line.get("level").textValue());
        assertEquals("library", line.get("event").textValue());
        assertEquals("a.library.Class", line.get("logger").textValue());
        assertEquals("3 of \"these\"\nfailed", line.get("message").textValue());
    }

    @Test
    void an_error_is_logged_with_the_trace_of_its_exception() throws MalformedJsonException {
        logger.error("failed", new IllegalStateException("why"));

        JsonNode line = Json.ofDepth(1).read(log.text());
        assertEquals("ERROR", line.get("level").textValue());
        assertTrue(line.get("exception").textValue().startsWith("java.lang.IllegalStateException"));
    }

    @Test
    void what_is_less_than_a_warning_is_not_logged() {
        logger.info("a request, with its body");
        logger.debug("a request, with its body");
        logger.trace("a request, with its body");

        assertEquals("", log.text());
    }
}
