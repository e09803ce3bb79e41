package dev.overplane.crm.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.overplane.crm.account.AccountId;
import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.segment.Listing;
import dev.overplane.crm.segment.MarketSegment;
import dev.overplane.crm.segment.SegmentId;
import dev.overplane.crm.segment.counting.PageLayout;
import dev.overplane.crm.segment.store.Population;
import dev.overplane.crm.segment.store.SegmentLister;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Measures the listings of tenants of all sizes, as the rows of the table in `docs/listing.md`.
final class Costs {

    static final int LIMIT = 20;
    static final List<Long> OFFSETS = List.of(0L, 100L, 10_000L, 100_000L, 1_000_000L);

    private Costs() {}

    /// A tenant like no other.
    static Population population(long objects, int deletedOneIn, int entryBytes) {
        var account = new AccountId("acct_" + objects + "x" + deletedOneIn + "x" + entryBytes);
        return new Population(new Tenant(account, true), PageLayout.STANDARD, objects, deletedOneIn, entryBytes);
    }

    /// As much of a tenant as its listings at [#OFFSETS] and at its worst offset read: whole pages, and no
    /// others.
    static Stream<Map<String, AttributeValue>> essence(Population population) {
        PageLayout layout = population.layout();
        var pages = new TreeSet<Long>();
        LongStream.concat(
                        OFFSETS.stream().mapToLong(o -> o),
                        LongStream.of(ExpectedCost.of(population).worstOffset(LIMIT)))
                .filter(offset -> offset < population.objects())
                .forEach(offset -> {
                    long last = Math.min(offset + LIMIT, population.objects()) - 1;
                    LongStream.rangeClosed(
                                    layout.pageOf(population.creationAt(last)),
                                    layout.pageOf(population.creationAt(offset)))
                            .forEach(pages::add);
                });
        return Stream.concat(
                population.counters(),
                pages.stream().flatMap(page -> population.items(layout.first(page), layout.first(page + 1))));
    }

    /// The row of a tenant: read units and calls at each offset, at the worst one, and on average.
    static String row(Store store, Population population) {
        ExpectedCost expected = ExpectedCost.of(population);
        String cells = Stream.concat(OFFSETS.stream(), Stream.of(expected.worstOffset(LIMIT)))
                .map(offset -> cell(measure(store, population, offset)))
                .reduce("", String::concat);
        return "| %,d | %s | %d |%s %s |"
                .formatted(
                        population.objects(),
                        population.deletedOneIn() == Population.NONE ? "none" : "1 in " + population.deletedOneIn(),
                        population.entryBytes(),
                        cells,
                        String.format(Locale.ROOT, "%.1f", expected.average(LIMIT)));
    }

    /// A listing: the right objects, for as much as arithmetic expects.
    static Meter.Reading<Listing> measure(Store store, Population population, long offset) {
        var lister = new SegmentLister(store.segments());
        Meter.Reading<Listing> reading = store.meter()
                .measure(() -> lister.list(population.tenant(), offset, LIMIT, Deadline.in(Duration.ofSeconds(30))));
        List<SegmentId> wanted = LongStream.range(offset, Math.min(offset + LIMIT, population.objects()))
                .mapToObj(rank -> population.id(population.creationAt(rank)))
                .toList();
        assertEquals(
                wanted, reading.result().data().stream().map(MarketSegment::id).toList());
        assertEquals(population.objects(), reading.result().total());
        assertEquals(offset + LIMIT < population.objects(), reading.result().hasMore());
        assertEquals(
                ExpectedCost.of(population).units(offset, LIMIT), reading.units(), () -> population + " at " + offset);
        assertEquals(ExpectedCost.of(population).calls(offset, LIMIT), reading.calls());
        return reading;
    }

    static String units(double units) {
        return units == Math.rint(units) ? String.valueOf((long) units) : String.valueOf(units);
    }

    private static String cell(Meter.Reading<Listing> reading) {
        return " %s in %d |".formatted(units(reading.units()), reading.calls());
    }
}
