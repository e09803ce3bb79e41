package dev.overplane.crm.benchmark;

import dev.overplane.crm.account.AccountId;
import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.segment.counting.PageLayout;
import dev.overplane.crm.segment.store.Deleted;
import dev.overplane.crm.segment.store.Population;
import dev.overplane.crm.segment.store.SegmentLister;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Lists the same objects in three ways, side by side in one run: ours, the naive one on DynamoDB, and
/// PostgreSQL's, if it is there. Prints a table and writes `docs/benchmark.md` and `docs/benchmark.svg`.
///
/// Usage: `Benchmark 1000,10000,100000`, the numbers of objects.
public final class Benchmark {

    static final String OURS = "ours";
    static final String NAIVE = "naive";
    static final String POSTGRES = "PostgreSQL";

    private static final int LIMIT = 20;
    private static final int ENTRY_BYTES = 347;
    /// DynamoDB Local starts anew at the top of the index for every further 1 MB of a query, which AWS does
    /// not: its time grows with the square of the objects, and would say nothing.
    private static final long MOST_FOR_NAIVE = 100_000;
    private static final Path DOCS = Path.of("docs");

    private final List<Measurement> measurements = new ArrayList<>();

    private Benchmark() {}

    public static void main(String[] arguments) throws Exception {
        long[] sizes = Stream.of(arguments[0].split(","))
                .mapToLong(Long::parseLong)
                .sorted()
                .toArray();
        var benchmark = new Benchmark();
        Optional<Postgres> postgres = Postgres.find();
        if (postgres.isEmpty()) {
            System.err.println("PostgreSQL is left out: no initdb found, and BENCHMARK_JDBC_URL is not set.");
        }
        try {
            for (long size : sizes) {
                benchmark.measure(size, postgres);
            }
        } finally {
            if (postgres.isPresent()) {
                postgres.get().close();
            }
        }
        String report = Report.markdown(benchmark.measurements, postgres.isPresent());
        System.out.println(report);
        Files.createDirectories(DOCS);
        Files.writeString(DOCS.resolve("benchmark.md"), report);
        Files.writeString(DOCS.resolve("benchmark.svg"), Plot.of(benchmark.measurements));
        // The HTTP client's native threads take their time to end.
        System.exit(0);
    }

    private void measure(long objects, Optional<Postgres> postgres) throws Exception {
        var tenant = new Tenant(new AccountId("acct_benchmark"), true);
        var population = new Population(
                tenant, PageLayout.STANDARD, objects + (objects - 1) / 9, Deleted.ONE_IN_TEN, 0, ENTRY_BYTES);
        System.err.printf("%,d objects: loading%n", objects);
        if (postgres.isPresent()) {
            postgres.get().load(population);
        }
        try (var store = Store.of(Stream.concat(population.allCounters(), population.items()))) {
            var lister = SegmentLister.forTenants(store.segments()).apply(tenant);
            var naive = new NaiveListing(store.client(), store.segments().name());
            for (long offset :
                    LongStream.of(0, objects / 2, objects - LIMIT).distinct().toArray()) {
                System.err.printf("%,d objects: offset %,d%n", objects, offset);
                measure(OURS, population, offset, store.meter(), () -> {
                    var listing = lister.list(offset, LIMIT, Deadline.in(Duration.ofSeconds(60)));
                    return new Outcome(
                            listing.data().stream()
                                    .map(segment -> segment.id().value())
                                    .toList(),
                            listing.total());
                });
                if (objects <= MOST_FOR_NAIVE) {
                    measure(NAIVE, population, offset, store.meter(), () -> {
                        var page = naive.list(tenant, offset, LIMIT);
                        return new Outcome(
                                page.data().stream()
                                        .map(item -> item.get("id").s())
                                        .toList(),
                                page.total());
                    });
                } else {
                    ExpectedCost expected = ExpectedCost.of(population);
                    measurements.add(new Measurement(
                            NAIVE,
                            objects,
                            offset,
                            Optional.of(expected.naiveUnits(offset, LIMIT)),
                            expected.naiveCalls(offset, LIMIT),
                            Optional.empty(),
                            new double[0]));
                }
                postgres.ifPresent(server -> measure(server, population, offset));
            }
        }
    }

    /// What a listing says, so that all ways are held to saying the same.
    private record Outcome(List<String> ids, long total) {}

    private void measure(String way, Population population, long offset, Meter meter, Supplier<Outcome> listing) {
        Meter.Reading<Outcome> reading = meter.measure(listing);
        check(population, offset, reading.result());
        measurements.add(new Measurement(
                way,
                population.objects(),
                offset,
                Optional.of(reading.readUnits()),
                reading.calls(),
                Optional.of(reading.bytes()),
                Measurement.time(reading.millis(), listing)));
    }

    private void measure(Postgres postgres, Population population, long offset) {
        Postgres.Page page = postgres.list(population, offset, LIMIT);
        check(population, offset, new Outcome(page.ids(), page.total()));
        measurements.add(new Measurement(
                POSTGRES,
                population.objects(),
                offset,
                Optional.empty(),
                2,
                Optional.of(page.bytes()),
                Measurement.time(0, () -> postgres.list(population, offset, LIMIT))));
    }

    private static void check(Population population, long offset, Outcome outcome) {
        List<String> ids = LongStream.range(offset, Math.min(offset + LIMIT, population.objects()))
                .mapToObj(rank -> population.id(population.creationAt(rank)).value())
                .toList();
        if (!outcome.equals(new Outcome(ids, population.objects()))) {
            throw new IllegalStateException("wrong listing of " + population + " at " + offset);
        }
    }
}
