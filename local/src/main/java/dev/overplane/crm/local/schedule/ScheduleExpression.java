package dev.overplane.crm.local.schedule;

import dev.overplane.crm.local.startup.StartupException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.regex.Pattern;

/// When a schedule fires, by [EventBridge's
/// expressions](https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html). Knows
/// rates, and a cron expression for one time of every day.
sealed interface ScheduleExpression {

    Pattern RATE = Pattern.compile("rate\\((?<count>[1-9]\\d{0,5}) (?<unit>minute|hour|day)s?\\)");
    Pattern DAILY = Pattern.compile("cron\\((?<minute>[0-5]?\\d) (?<hour>[01]?\\d|2[0-3]) \\* \\* \\? \\*\\)");

    /// The first time after `now`.
    Instant next(Instant now);

    /// @throws StartupException if the expression is not known here
    static ScheduleExpression of(String expression) {
        var rate = RATE.matcher(expression);
        if (rate.matches()) {
            long count = Long.parseLong(rate.group("count"));
            return new Rate(
                    switch (rate.group("unit")) {
                        case "minute" -> Duration.ofMinutes(count);
                        case "hour" -> Duration.ofHours(count);
                        default -> Duration.ofDays(count);
                    });
        }
        var daily = DAILY.matcher(expression);
        if (daily.matches()) {
            return new Daily(
                    LocalTime.of(Integer.parseInt(daily.group("hour")), Integer.parseInt(daily.group("minute"))));
        }
        throw new StartupException("The local stack does not know the schedule " + expression
                + ": use rate(…), or cron(MINUTE HOUR * * ? *).");
    }

    record Rate(Duration period) implements ScheduleExpression {

        @Override
        public Instant next(Instant now) {
            return now.plus(period);
        }
    }

    /// @param time in UTC
    record Daily(LocalTime time) implements ScheduleExpression {

        @Override
        public Instant next(Instant now) {
            ZonedDateTime today = now.atZone(ZoneOffset.UTC).with(time);
            return (today.toInstant().isAfter(now) ? today : today.plusDays(1)).toInstant();
        }
    }
}
