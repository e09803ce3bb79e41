package dev.overplane.crm.local.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.local.startup.StartupException;
import java.time.Instant;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ScheduleExpressionTest {

    @ParameterizedTest(name = "{0} after {1}")
    @CsvSource({
        "rate(1 minute),        2024-01-15T02:59:59Z, 2024-01-15T03:00:59Z",
        "rate(90 minutes),      2024-01-15T02:00:00Z, 2024-01-15T03:30:00Z",
        "rate(1 hour),          2024-01-15T02:00:00Z, 2024-01-15T03:00:00Z",
        "rate(7 days),          2024-01-15T02:00:00Z, 2024-01-22T02:00:00Z",
        "cron(0 3 * * ? *),     2024-01-15T02:59:59Z, 2024-01-15T03:00:00Z",
        "cron(0 3 * * ? *),     2024-01-15T03:00:00Z, 2024-01-16T03:00:00Z",
        "cron(30 23 * * ? *),   2024-01-15T23:45:00Z, 2024-01-16T23:30:00Z"
    })
    void the_next_time_follows_from_the_expression(String expression, Instant now, Instant next) {
        assertEquals(next, ScheduleExpression.of(expression).next(now));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "rate(0 days)",
                "rate(1 week)",
                "cron(60 3 * * ? *)",
                "cron(0 24 * * ? *)",
                "cron(0 3 1 * ? *)"
            })
    void another_expression_is_an_error(String expression) {
        var error = assertThrows(StartupException.class, () -> ScheduleExpression.of(expression));
        assertTrue(error.getMessage().contains("the schedule " + expression + ":"), error.getMessage());
    }
}
