package dev.overplane.crm.benchmark;

import dev.overplane.crm.segment.counting.Ledger;
import dev.overplane.crm.segment.store.Population;
import java.util.Comparator;
import java.util.stream.LongStream;

/// Read units of listings by arithmetic alone: the counters, and what lies between the boundary of a page and
/// the objects wanted. The budgets measure that it is so.
public final class ExpectedCost {

    /// Enough to tell an average to two digits, and the worst to one half unit.
    private static final int SAMPLES = 3000;

    private final Population population;
    private final Ledger ledger;
    private final double directoryUnits;

    private ExpectedCost(Population population) {
        this.population = population;
        this.ledger = Ledger.of(population.layout(), population.created(), population.deficits());
        this.directoryUnits = ItemSize.readUnits(population.counters().toList(), true);
    }

    /// The costs of that tenant's listings.
    public static ExpectedCost of(Population population) {
        return new ExpectedCost(population);
    }

    /// Read units of one listing.
    public double units(long offset, int limit) {
        if (offset == 0) {
            return directoryUnits + index(Math.min(limit, population.objects()));
        }
        return directoryUnits
                + ledger.slices(offset, limit).stream()
                        .mapToDouble(slice -> index(slice.read()))
                        .sum();
    }

    /// Calls of one listing.
    public int calls(long offset, int limit) {
        return 1 + (offset == 0 ? 1 : ledger.slices(offset, limit).size());
    }

    /// Read units of all counters, which every listing reads.
    public double directoryUnits() {
        return directoryUnits;
    }

    /// Average over offsets from 0 to the last object.
    public double average(int limit) {
        return offsets().mapToDouble(offset -> units(offset, limit)).average().orElseThrow();
    }

    /// The offset that costs most.
    public long worstOffset(int limit) {
        return offsets()
                .boxed()
                .max(Comparator.comparingDouble(offset -> units(offset, limit)))
                .orElseThrow();
    }

    /// What the naive way costs: everything is counted, and everything before the offset is read.
    public double naiveUnits(long offset, int limit) {
        return index(population.objects()) + index(Math.min(offset + limit, population.objects()));
    }

    /// Calls of the naive way: DynamoDB cuts an answer after the entry that fills 1 MB.
    public long naiveCalls(long offset, int limit) {
        long entries = Math.ceilDiv(1 << 20, population.entryBytes());
        return Math.ceilDiv(population.objects(), entries)
                + Math.ceilDiv(Math.min(offset + limit, population.objects()), entries);
    }

    private double index(long entries) {
        return ItemSize.readUnits(entries * population.entryBytes(), false);
    }

    /// All offsets of a small tenant; of a large one as many as make no difference, in steps that hit no
    /// pattern of its pages.
    private LongStream offsets() {
        long objects = population.objects();
        long step = objects / SAMPLES + 1;
        return LongStream.range(0, objects / step).map(i -> i * step + i % step);
    }
}
