package dev.overplane.crm.local.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.overplane.crm.local.lambda.Outcome.Failed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TypedHandlerTest {

    @Test
    void a_handler_of_a_stream_gets_its_records_and_reports_failures() {
        var event = """
                {"Records":[{"eventName":"INSERT","dynamodb":{"SequenceNumber":"7","NewImage":{"id":{"S":"a"}}}}]}""";
        assertEquals(
                "{\"batchItemFailures\":[{\"itemIdentifier\":\"7a\"}]}",
                text(invoke(TestHandlers.HandlesStream.class, event)));
    }

    @Test
    void a_handler_of_a_schedule_gets_its_time() {
        var event = """
                {"detail-type":"Scheduled Event","time":"2026-01-01T00:00:00Z"}""";
        assertEquals("\"2026-01-01T00:00:00.000Z\"", text(invoke(TestHandlers.HandlesSchedule.class, event)));
    }

    @Test
    void a_handler_must_name_its_types_itself() {
        var failed = assertInstanceOf(Failed.class, invoke(TestHandlers.InheritsTypes.class, "{}"));
        assertEquals(
                TestHandlers.InheritsTypes.class.getName() + " must implement RequestHandler with both its types",
                failed.errorMessage());
    }

    private static Outcome invoke(Class<?> handler, String event) {
        var function = new LambdaFunction(TestHandlers.function("F", handler, Duration.ofSeconds(10)), Map.of());
        return function.invoke(event.getBytes(StandardCharsets.UTF_8)).outcome();
    }

    private static String text(Outcome outcome) {
        return new String(outcome.payload(), StandardCharsets.UTF_8);
    }
}
