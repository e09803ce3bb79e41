package dev.overplane.crm.dynamodb;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Creates of one tenant that all write its head, in virtual time: the product's own [Backoff] and [Deadline],
/// and an item that one transaction holds at a time. Another one that arrives meanwhile is cancelled at once.
///
/// How long DynamoDB holds an item is not documented: the table shows several times.
///
/// Usage: `Contention`, prints the table of `docs/writes.md`.
public final class Contention {

    /// A request's time.
    private static final Duration LIMIT = Duration.ofSeconds(3);

    /// From a function to DynamoDB and back, when nothing is in the way.
    private static final Duration ROUND_TRIP = Duration.ofMillis(5);

    private static final Duration OBSERVED = Duration.ofMinutes(20);

    private static final long[] RATES = {10, 20, 40, 60, 80, 100};

    private static final List<Duration> HOLDS =
            Stream.of(8, 15, 25).map(Duration::ofMillis).toList();

    private final long hold;
    private final Backoff backoff;
    private final PriorityQueue<Attempt> queue = new PriorityQueue<>(Comparator.comparingLong(Attempt::nanos));
    private long heldUntil;

    private Contention(Duration hold, RandomGenerator random) {
        this.hold = hold.toNanos();
        this.backoff = Retries.backoff(random);
    }

    /// An attempt at a create that reaches DynamoDB at that moment.
    private record Attempt(long nanos, int number, Deadline deadline) {}

    /// What became of the creates.
    ///
    /// @param lost how many ended in a 503
    /// @param millis how long the others took, sorted
    public record Outcome(long lost, double[] millis) {

        /// The part that was lost.
        public double share() {
            return (double) lost / (lost + millis.length);
        }

        private double quantile(double part) {
            return millis.length == 0 ? Double.NaN : millis[(int) (part * (millis.length - 1))];
        }
    }

    public static void main(String[] arguments) {
        rows().forEach(System.out::println);
    }

    /// The rows of the table: for each rate and hold the share of 503, and the median and the 99th hundredth of
    /// the time that the others took.
    public static List<String> rows() {
        return LongStream.of(RATES)
                .mapToObj(rate -> "| " + rate + " |"
                        + HOLDS.stream().map(hold -> cell(rate, hold)).reduce("", String::concat))
                .toList();
    }

    private static String cell(long rate, Duration hold) {
        Outcome outcome = steady(rate, hold, new Random(rate));
        return String.format(
                Locale.ROOT,
                " %.2f %% | %.0f · %,.0f |",
                100 * outcome.share(),
                outcome.quantile(0.5),
                outcome.quantile(0.99));
    }

    /// Creates that arrive independently of one another.
    ///
    /// @param rate creates a second, on average
    /// @param hold how long a transaction holds the head
    public static Outcome steady(long rate, Duration hold, Random random) {
        long apart = Duration.ofSeconds(1).toNanos() / rate;
        long[] arrivals = DoubleStream.iterate(0, last -> last - Math.log(1 - random.nextDouble()) * apart)
                .takeWhile(arrival -> arrival < OBSERVED.toNanos())
                .mapToLong(arrival -> (long) arrival)
                .toArray();
        return new Contention(hold, random).run(arrivals);
    }

    /// Creates that arrive all at once.
    public static Outcome burst(int creates, Duration hold, Random random) {
        return new Contention(hold, random).run(new long[creates]);
    }

    private Outcome run(long[] arrivals) {
        for (long arrival : arrivals) {
            queue.add(new Attempt(arrival + ROUND_TRIP.toNanos() / 2, 1, new Deadline(arrival, LIMIT)));
        }
        var millis = new double[arrivals.length];
        int done = 0;
        while (!queue.isEmpty()) {
            Attempt attempt = queue.poll();
            if (attempt.nanos >= heldUntil) {
                heldUntil = attempt.nanos + hold;
                long answered = heldUntil + ROUND_TRIP.toNanos() / 2;
                if (!attempt.deadline.remaining(answered).isNegative()) {
                    millis[done++] = (answered - attempt.deadline.startNanos()) / 1e6;
                }
            } else {
                retry(attempt, attempt.nanos + ROUND_TRIP.toNanos() / 2);
            }
        }
        double[] sorted = Arrays.copyOf(millis, done);
        Arrays.sort(sorted);
        return new Outcome(arrivals.length - done, sorted);
    }

    private void retry(Attempt attempt, long answered) {
        if (Retries.isTimeForAnotherAttempt(attempt.deadline.remaining(answered))) {
            int number = attempt.number + 1;
            long next = answered + backoff.computeDelay(number).toNanos() + ROUND_TRIP.toNanos() / 2;
            queue.add(new Attempt(next, number, attempt.deadline));
        }
    }
}
