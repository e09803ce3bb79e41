package dev.overplane.crm.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.overplane.crm.account.AccountId;
import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.segment.Listing;
import dev.overplane.crm.segment.MarketSegment;
import dev.overplane.crm.segment.SegmentId;
import dev.overplane.crm.segment.counting.IndexRead;
import dev.overplane.crm.segment.counting.PageLayout;
import dev.overplane.crm.segment.store.Deleted;
import dev.overplane.crm.segment.store.Population;
import dev.overplane.crm.segment.store.SegmentLister;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Measures the listings of tenants of all sizes, as the rows of the table in `docs/listing.md`.
final class Costs {

    static final int LIMIT = 20;
    static final List<Long> OFFSETS = List.of(0L, 100L, 10_000L, 100_000L, 1_000_000L);

    /// Bytes of an object in the index, unless a test says otherwise: 356 in the table.
    static final int ENTRY_BYTES = 347;

    /// Those of an object with a short name.
    static final int SHORT_ENTRY_BYTES = 180;

    private static final Map<Population, ExpectedCost> EXPECTED = new HashMap<>();

    private Costs() {}

    /// What the listings of that tenant cost by arithmetic.
    static ExpectedCost expected(Population population) {
        return EXPECTED.computeIfAbsent(population, ExpectedCost::of);
    }

    /// A tenant like no other, right after an upkeep.
    static Population population(long created, Deleted deleted, int entryBytes) {
        return population(created, deleted, 0, entryBytes);
    }

    /// A tenant like no other.
    static Population population(long created, Deleted deleted, int unarchived, int entryBytes) {
        var account = new AccountId("acct_" + created + "x" + deleted.ordinal() + "x" + unarchived + "x" + entryBytes);
        return new Population(new Tenant(account, true), PageLayout.STANDARD, created, deleted, unarchived, entryBytes);
    }

    /// As much of a tenant as its listings at [#OFFSETS] and at its worst offset read, and nothing else.
    static Stream<Map<String, AttributeValue>> essence(Population population) {
        return Stream.concat(
                population.allCounters(),
                offsets(population)
                        .flatMap(offset -> ranks(population, offset))
                        .distinct()
                        .mapToObj(population::itemAt));
    }

    private static LongStream offsets(Population population) {
        return LongStream.concat(
                        OFFSETS.stream().mapToLong(offset -> offset),
                        LongStream.of(expected(population).worstOffset(LIMIT)))
                .filter(offset -> offset < population.objects());
    }

    /// The offsets of all objects that one listing reads. One more on either side tells whether more follow.
    private static LongStream ranks(Population population, long offset) {
        return expected(population).reads(offset, LIMIT).stream().flatMapToLong(read -> ranks(population, read));
    }

    private static LongStream ranks(Population population, IndexRead read) {
        long boundary = population.newerThan(read.newestFirst() ? read.page() + 1 : read.page());
        long from = read.newestFirst() ? boundary : boundary - read.count();
        return LongStream.range(Math.max(0, from), Math.min(population.objects(), from + read.count()));
    }

    /// The row of a tenant: read units and calls at each offset, at the worst one, and on average.
    static String row(Store store, Population population) {
        ExpectedCost expected = expected(population);
        String cells = Stream.concat(OFFSETS.stream(), Stream.of(expected.worstOffset(LIMIT)))
                .map(offset -> {
                    Meter.Reading<Listing> reading = measure(store, population, offset);
                    return cell(reading.readUnits(), reading.calls());
                })
                .reduce("", String::concat);
        return row(population, cells);
    }

    /// The same row by arithmetic alone.
    static String expectedRow(Population population) {
        ExpectedCost expected = expected(population);
        String cells = Stream.concat(OFFSETS.stream(), Stream.of(expected.worstOffset(LIMIT)))
                .map(offset -> cell(expected.units(offset, LIMIT), expected.calls(offset, LIMIT)))
                .reduce("", String::concat);
        return row(population, cells);
    }

    private static String row(Population population, String cells) {
        return "| %,d | %s | %d |%s %s |"
                .formatted(
                        population.created(),
                        population.deleted().label(),
                        population.entryBytes(),
                        cells,
                        String.format(Locale.ROOT, "%.1f", expected(population).average(LIMIT)));
    }

    /// A listing: the right objects, for as much as arithmetic expects.
    static Meter.Reading<Listing> measure(Store store, Population population, long offset) {
        var lister = SegmentLister.forTenants(store.segments()).apply(population.tenant());
        Meter.Reading<Listing> reading =
                store.meter().measure(() -> lister.list(offset, LIMIT, Deadline.in(Duration.ofSeconds(30))));
        List<SegmentId> wanted = LongStream.range(offset, Math.min(offset + LIMIT, population.objects()))
                .mapToObj(rank -> population.id(population.creationAt(rank)))
                .toList();
        assertEquals(
                wanted, reading.result().data().stream().map(MarketSegment::id).toList());
        assertEquals(population.objects(), reading.result().total());
        assertEquals(offset + LIMIT < population.objects(), reading.result().hasMore());
        ExpectedCost expected = expected(population);
        assertEquals(expected.units(offset, LIMIT), reading.readUnits(), () -> population + " at " + offset);
        assertEquals(expected.calls(offset, LIMIT), reading.calls(), () -> population + " at " + offset);
        return reading;
    }

    static String units(double units) {
        return units == Math.rint(units) ? String.valueOf((long) units) : String.valueOf(units);
    }

    private static String cell(double units, long calls) {
        return " %s in %d |".formatted(units(units), calls);
    }
}
