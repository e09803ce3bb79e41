package dev.overplane.crm.function;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.overplane.crm.dynamodb.DynamoDbPriming;
import dev.overplane.crm.log.Log;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/// Makes a function work before [SnapStart](https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html) takes
/// its snapshot, so that the first request after a restore finds everything loaded, compiled and connected to
/// nothing.
///
/// What works is a function of its own, on a DynamoDB of its own, and both are dropped: no connection, no
/// credentials, no random state and no time of them is part of the function that serves clients.
final class Priming {

    /// Enough for the JVM to compile what a request runs through.
    private static final int ROUNDS = 120;

    private Priming() {}

    /// Whether a snapshot is to be taken; a plain start would only be slower.
    ///
    /// @param environment the function's environment variables, of which Lambda sets
    ///     [one](https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html)
    static boolean isDue(Map<String, String> environment) {
        return "snap-start".equals(environment.get("AWS_LAMBDA_INITIALIZATION_TYPE"));
    }

    /// Primes a function. A failure is logged, and costs the next restores their speed.
    ///
    /// @param environment the function's environment variables
    /// @param function makes the function
    /// @param rehearsal makes what it works on
    static void prime(
            Map<String, String> environment,
            Function<Components, RequestStreamHandler> function,
            Supplier<Rehearsal> rehearsal) {
        long start = System.nanoTime();
        try {
            Rehearsal events = rehearsal.get();
            Log.rehearsal(() -> DynamoDbPriming.offline(
                    environment,
                    events.answers(),
                    dynamoDb -> rehearse(function.apply(new Components(environment, dynamoDb)), events, ROUNDS)));
            DynamoDbPriming.network(environment);
            Log.info(
                    "primed",
                    fields -> fields.add(
                            "duration_ms",
                            Duration.ofNanos(System.nanoTime() - start).toMillis()));
        } catch (RuntimeException | IOException e) {
            Log.error("priming_failed", e, fields -> {});
        }
    }

    /// The last round has to go well. In the first, the time limits of a request may be too short for all that
    /// there is to be loaded: on the processor share of a small function they are.
    static void rehearse(RequestStreamHandler function, Rehearsal rehearsal, int rounds) {
        for (int round = 1; round <= rounds; round++) {
            try {
                play(function, rehearsal);
            } catch (RuntimeException e) {
                if (round == rounds) {
                    throw e;
                }
            }
        }
    }

    private static void play(RequestStreamHandler function, Rehearsal rehearsal) {
        for (Rehearsal.Scene scene : rehearsal.scenes()) {
            if (!invoke(function, scene.event()).contains(scene.expected())) {
                throw new IllegalStateException("a rehearsal has not led to " + scene.expected());
            }
        }
    }

    private static String invoke(RequestStreamHandler function, String event) {
        var result = new ByteArrayOutputStream();
        try {
            function.handleRequest(
                    new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
                    result,
                    new LambdaContext("priming"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return result.toString(StandardCharsets.UTF_8);
    }
}
