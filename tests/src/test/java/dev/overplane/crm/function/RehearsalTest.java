package dev.overplane.crm.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.overplane.crm.dynamodb.DynamoDbPriming;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Execution(ExecutionMode.SAME_THREAD)
@Isolated("They change what the whole JVM sees.")
class RehearsalTest {

    private static final Map<String, String> ENVIRONMENT = Map.of(
            "SEGMENTS_TABLE",
            "segments",
            "IDEMPOTENCY_TABLE",
            "idempotency",
            "API_KEYS_TABLE",
            "keys",
            "STACK_NAME",
            "a-stack",
            "ERROR_REFERENCE_URL",
            "/docs/errors");

    @SuppressWarnings("ImmutableEnumChecker") // Neither of the two has a state.
    enum Part {
        CREATE(CreateMarketSegmentFunction::new, SegmentRehearsals.create()),
        RETRIEVE(RetrieveMarketSegmentFunction::new, SegmentRehearsals.retrieve()),
        LIST(ListMarketSegmentsFunction::new, SegmentRehearsals.list()),
        UPDATE(UpdateMarketSegmentFunction::new, SegmentRehearsals.update()),
        DELETE(DeleteMarketSegmentFunction::new, SegmentRehearsals.delete()),
        AUTHORIZE(AuthorizeFunction::new, AuthorizerRehearsal.authorize());

        private final Function<Components, RequestStreamHandler> function;
        private final Rehearsal rehearsal;

        Part(Function<Components, RequestStreamHandler> function, Rehearsal rehearsal) {
            this.function = function;
            this.rehearsal = rehearsal;
        }
    }

    @ParameterizedTest
    @EnumSource
    void each_function_does_in_its_rehearsal_what_is_expected(Part part) {
        rehearse(part.function, part.rehearsal);
    }

    @Test
    void a_rehearsal_that_goes_wrong_is_noticed() {
        var wrong = new Rehearsal(
                List.of(new Rehearsal.Scene(
                        Part.RETRIEVE.rehearsal.scenes().getFirst().event(), "\"statusCode\":201")),
                Part.RETRIEVE.rehearsal.answers());
        assertThrows(IllegalStateException.class, () -> rehearse(Part.RETRIEVE.function, wrong));
    }

    @Test
    void only_the_last_round_of_a_rehearsal_has_to_go_well() {
        var invocations = new AtomicInteger();
        RequestStreamHandler slowAtFirst = (_, out, _) -> {
            if (invocations.incrementAndGet() == 1) {
                throw new IllegalStateException("too late");
            }
            out.write("in time".getBytes(StandardCharsets.US_ASCII));
        };
        var rehearsal = new Rehearsal(List.of(new Rehearsal.Scene("{}", "in time")), (_, _) -> "{}");

        Priming.rehearse(slowAtFirst, rehearsal, 2);

        assertEquals(2, invocations.get());
        invocations.set(0);
        assertThrows(IllegalStateException.class, () -> Priming.rehearse(slowAtFirst, rehearsal, 1));
    }

    @Test
    void a_function_is_primed_only_where_a_snapshot_is_to_be_taken() {
        assertTrue(Priming.isDue(Map.of("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start")));
        assertFalse(Priming.isDue(Map.of("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand")));
        assertFalse(Priming.isDue(Map.of()));
    }

    private static void rehearse(Function<Components, RequestStreamHandler> function, Rehearsal rehearsal) {
        DynamoDbPriming.offline(
                ENVIRONMENT,
                rehearsal.answers(),
                dynamoDb -> Priming.rehearse(function.apply(new Components(ENVIRONMENT, dynamoDb)), rehearsal, 2));
    }
}
