package dev.overplane.crm.segment.counting;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// What one tenant's counters say: how many objects there are, and where in the index the listing's `offset`
/// lies.
///
/// Invariants, which the store keeps by changing objects and counters in one transaction:
///
/// - `created` is the number of objects ever created. It never falls, and an object's page is that of its
///   number.
/// - The deficit of a page is the number of its objects that have been deleted. It never falls either.
/// - So `created` less all deficits is the number of objects there are, and the same holds for any run of
///   pages.
///
/// Immutable.
public final class Ledger {

    private final PageLayout layout;
    private final long created;
    private final List<Span> newestFirst;
    private final long total;

    private Ledger(PageLayout layout, long created, List<Span> newestFirst) {
        this.layout = layout;
        this.created = created;
        this.newestFirst = newestFirst;
        this.total = created - newestFirst.stream().mapToLong(Span::deficit).sum();
    }

    /// Reads the counters.
    ///
    /// @param created objects ever created
    /// @param spans the deficits, in any order; pages that none of them names have lost nothing. A span within
    /// a wider one adds to it: that is a deletion since the wider one was merged
    public static Ledger of(PageLayout layout, long created, Collection<Span> spans) {
        var units = new ArrayList<Span>();
        spans.stream()
                .sorted(Comparator.comparingLong(Span::from).thenComparing(Span::to, Comparator.reverseOrder()))
                .forEach(span -> {
                    if (!units.isEmpty() && units.getLast().covers(span)) {
                        Span wider = units.removeLast();
                        units.add(new Span(wider.from(), wider.to(), wider.deficit() + span.deficit()));
                    } else if (!units.isEmpty() && units.getLast().to() >= span.from()) {
                        throw new IllegalArgumentException("spans overlap: " + units.getLast() + " and " + span);
                    } else {
                        units.add(span);
                    }
                });
        return new Ledger(layout, created, units.reversed());
    }

    /// How many objects there are.
    public long total() {
        return total;
    }

    /// Objects ever created.
    public long created() {
        return created;
    }

    /// The pages that are counted together with `page`: a merged run, or the page alone.
    public Span unitOf(long page) {
        return newestFirst.stream()
                .filter(span -> span.from() <= page && page <= span.to())
                .findFirst()
                .orElseGet(() -> Span.of(page, 0));
    }

    /// How many objects there are in the pages of a unit.
    public long live(Span unit) {
        return creations(unit) - unit.deficit();
    }

    /// How many objects have been created in the pages of a unit.
    public long creations(Span unit) {
        return Math.max(0, Math.min(created, layout.first(unit.to() + 1)) - layout.first(unit.from()));
    }

    /// Where to read the objects from the `offset`th on, newest first. Mostly that is one slice, which begins
    /// at the nearer boundary of the page, a newer or an older one, and passes over half a page at most.
    /// Objects that lie across a boundary are two slices, the newer one first, which begin at it and pass over
    /// nothing, unless one slice would pass over no more than it keeps.
    ///
    /// @param offset objects to leave out, 0 or more
    /// @param limit objects wanted, 1 or more
    public List<Slice> slices(long offset, int limit) {
        if (offset >= total) {
            return List.of();
        }
        long end = Math.min(offset + limit, total);
        Unit first = unitAt(offset);
        Unit last = unitAt(end - 1);
        int take = Math.toIntExact(end - offset);
        long fromAbove = offset - first.rank();
        long fromBelow = last.rank() + last.live() - end;
        int newer = Math.toIntExact(Math.min(take, first.rank() + first.live() - offset));
        if (newer < take && Math.min(fromAbove, fromBelow) > take) {
            return List.of(
                    new Slice(first.from(), false, 0, newer), new Slice(first.from() - 1, true, 0, take - newer));
        }
        return List.of(
                fromAbove <= fromBelow
                        ? new Slice(first.to(), true, Math.toIntExact(fromAbove), take)
                        : new Slice(last.from(), false, Math.toIntExact(fromBelow), take));
    }

    /// Pages `from` to `to`, which hold `live` objects, with `rank` objects newer than all of them.
    private record Unit(long from, long to, long rank, long live) {}

    private Unit unitAt(long rank) {
        long newer = 0;
        long top = created;
        for (Span span : newestFirst) {
            long end = Math.min(created, layout.first(span.to() + 1));
            long start = layout.first(span.from());
            if (rank < newer + top - end) {
                return wholePageAt(rank, newer, top);
            }
            newer += top - end;
            long live = end - start - span.deficit();
            if (rank < newer + live) {
                return new Unit(span.from(), span.to(), newer, live);
            }
            newer += live;
            top = start;
        }
        return wholePageAt(rank, newer, top);
    }

    /// The page of an object among pages that have lost nothing: `top` creations, less what is counted apart
    /// below, of which the newest has rank `newer`.
    private Unit wholePageAt(long rank, long newer, long top) {
        long page = layout.pageOf(top - 1 - (rank - newer));
        long end = Math.min(top, layout.first(page + 1));
        return new Unit(page, page, newer + top - end, end - layout.first(page));
    }
}
