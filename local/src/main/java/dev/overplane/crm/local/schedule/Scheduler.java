package dev.overplane.crm.local.schedule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.overplane.crm.local.lambda.LambdaFunction;
import dev.overplane.crm.local.lambda.Outcome;
import dev.overplane.crm.local.template.Schedule;
import dev.overplane.crm.local.template.TemplateReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/// Invokes a function at the times of its schedule. What the function throws is printed, and not tried again.
public final class Scheduler implements AutoCloseable {

    private final Schedule schedule;
    private final ScheduleExpression expression;
    private final LambdaFunction function;
    private final Clock clock;
    private final Thread thread;

    private Scheduler(Schedule schedule, LambdaFunction function, Clock clock) {
        this.schedule = schedule;
        this.expression = ScheduleExpression.of(schedule.expression());
        this.function = function;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("schedule " + schedule.name()).unstarted(this::run);
    }

    /// Starts to wait for the schedule's next time.
    ///
    /// @throws dev.overplane.crm.local.startup.StartupException if its expression is not known here
    public static Scheduler start(Schedule schedule, LambdaFunction function, Clock clock) {
        var scheduler = new Scheduler(schedule, function, clock);
        scheduler.thread.start();
        return scheduler;
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        try {
            while (true) {
                var time = expression.next(clock.instant());
                Thread.sleep(Duration.between(clock.instant(), time));
                if (function.invoke(event(schedule, time, function.environment().getOrDefault("AWS_REGION", "")))
                                .outcome()
                        instanceof Outcome.Failed failed) {
                    System.err.println(schedule.name() + " failed: " + failed.errorMessage());
                }
            }
        } catch (InterruptedException e) {
            // The stack stops.
        }
    }

    /// The event of a
    /// [scheduled rule](https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-run-lambda-schedule.html).
    static byte[] event(Schedule schedule, Instant time, String region) {
        var event = JsonNodeFactory.instance
                .objectNode()
                .put("version", "0")
                .put("id", UUID.randomUUID().toString())
                .put("detail-type", "Scheduled Event")
                .put("source", "aws.events")
                .put("account", TemplateReader.ACCOUNT)
                .put("time", time.truncatedTo(ChronoUnit.SECONDS).toString())
                .put("region", region);
        event.putArray("resources").add(schedule.name());
        event.putObject("detail");
        return event.toString().getBytes(StandardCharsets.UTF_8);
    }
}
