package dev.overplane.crm.benchmark;

import dev.overplane.crm.segment.counting.Archive;
import dev.overplane.crm.segment.counting.Counters;
import dev.overplane.crm.segment.counting.GroupCounter;
import dev.overplane.crm.segment.counting.IndexRead;
import dev.overplane.crm.segment.counting.PageCounts;
import dev.overplane.crm.segment.store.Population;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/// Read units of listings by arithmetic alone: the counters, the archive of a group, and what lies between a
/// boundary and the objects wanted. The budgets measure that it is so.
///
/// Not thread-safe.
public final class ExpectedCost {

    /// Enough to tell an average to two digits, and the worst to one half unit.
    private static final int SAMPLES = 3000;

    private final Population population;
    private final Counters counters;
    private final double counterUnits;
    private final Map<GroupCounter, GroupArchive> archives = new HashMap<>();
    private final Map<Integer, Survey> surveys = new HashMap<>();

    private ExpectedCost(Population population) {
        this.population = population;
        this.counters = population.counts();
        this.counterUnits = ItemSize.readUnits(population.counters().toList(), true);
    }

    /// The costs of that tenant's listings.
    public static ExpectedCost of(Population population) {
        return new ExpectedCost(population);
    }

    /// An archive, and the units that it takes to read it; none if there is none.
    private record GroupArchive(PageCounts pages, double units) {}

    /// What one listing reads beside the counters.
    private record Plan(double archiveUnits, int archiveCalls, List<IndexRead> reads) {}

    /// Read units of one listing.
    public double units(long offset, int limit) {
        if (offset == 0) {
            return counterUnits + index(Math.min(limit + 1, population.objects()));
        }
        Plan plan = plan(offset, limit);
        return counterUnits
                + plan.archiveUnits
                + plan.reads.stream().mapToDouble(read -> index(read.count())).sum();
    }

    /// Calls of one listing.
    public int calls(long offset, int limit) {
        if (offset == 0) {
            return 2;
        }
        Plan plan = plan(offset, limit);
        return 1 + plan.archiveCalls + plan.reads.size();
    }

    /// What one listing reads from the index.
    public List<IndexRead> reads(long offset, int limit) {
        return offset == 0
                ? List.of(new IndexRead(population.layout().pageOf(population.created() - 1), true, 0, limit + 1))
                : plan(offset, limit).reads;
    }

    private Plan plan(long offset, int limit) {
        return switch (counters.find(offset, limit)) {
            case Counters.Location.Known(List<IndexRead> reads) -> new Plan(0, 0, reads);
            case Counters.Location.InGroup(GroupCounter group, long inGroup, int take) -> {
                GroupArchive archive = archives.computeIfAbsent(group, this::archive);
                yield new Plan(archive.units, archive.units > 0 ? 1 : 0, archive.pages.find(inGroup, take));
            }
        };
    }

    private GroupArchive archive(GroupCounter group) {
        Archive archive = population.archive(group.group());
        double units =
                group.archived() == 0 ? 0 : ItemSize.readUnits(List.of(population.archiveItem(group.group())), true);
        return new GroupArchive(counters.pages(group, archive), units);
    }

    /// Read units of the counters that every listing reads.
    public double counterUnits() {
        return counterUnits;
    }

    /// Average over offsets from 0 to the last object.
    public double average(int limit) {
        return survey(limit).average;
    }

    /// The offset that costs most.
    public long worstOffset(int limit) {
        return survey(limit).worstOffset;
    }

    private record Survey(double average, long worstOffset) {}

    private Survey survey(int limit) {
        return surveys.computeIfAbsent(limit, given -> {
            double sum = 0;
            double worst = 0;
            long worstOffset = 0;
            long[] offsets = offsets().toArray();
            for (long offset : offsets) {
                double units = units(offset, given);
                sum += units;
                if (units > worst) {
                    worst = units;
                    worstOffset = offset;
                }
            }
            return new Survey(sum / offsets.length, worstOffset);
        });
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
