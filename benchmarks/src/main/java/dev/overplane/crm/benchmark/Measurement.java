package dev.overplane.crm.benchmark;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/// One way of listing, at one offset of so many objects.
///
/// @param way name of the way, as in the legend, such as [Benchmark#OURS]
/// @param objects how many there are
/// @param offset where the page begins
/// @param units read units, where they exist
/// @param calls round trips to the store
/// @param bytes length of the store's answers, if it was run
/// @param millis how long each run took, sorted; none if the rest is arithmetic
public record Measurement(
        String way,
        long objects,
        long offset,
        Optional<Double> units,
        long calls,
        Optional<Long> bytes,
        double[] millis) {

    private static final int RUNS = 200;
    private static final int WARM_UP = 5;
    private static final double PATIENCE_MILLIS = 3_000;
    /// Of fewer runs there is no hundredth.
    private static final int RUNS_FOR_P99 = 100;

    /// Runs it until it is well known, or patience ends: what took all of it the first time is not run again.
    ///
    /// @param firstMillis how long it took the first time, when it was metered
    static double[] time(double firstMillis, Supplier<?> listing) {
        if (firstMillis > PATIENCE_MILLIS) {
            return new double[] {firstMillis};
        }
        var millis = new double[RUNS];
        int runs = 0;
        double spent = 0;
        for (int i = -WARM_UP; runs < RUNS && (spent < PATIENCE_MILLIS || runs == 0); i++) {
            double took = millis(listing);
            spent += took;
            // What takes a second gets no faster by practice.
            if (i >= 0 || took > 1000) {
                millis[runs++] = took;
            }
        }
        double[] sorted = Arrays.copyOf(millis, runs);
        Arrays.sort(sorted);
        return sorted;
    }

    private static double millis(Supplier<?> listing) {
        long start = System.nanoTime();
        listing.get();
        return (System.nanoTime() - start) / 1e6;
    }

    /// The median, if it was run at all.
    public Optional<Double> p50() {
        return millis.length == 0 ? Optional.empty() : Optional.of(millis[millis.length / 2]);
    }

    /// What 99 of 100 runs stay within.
    public Optional<Double> p99() {
        return millis.length < RUNS_FOR_P99 ? Optional.empty() : Optional.of(millis[millis.length * 99 / 100]);
    }
}
