package dev.overplane.crm.segment.counting;

import java.util.List;

/// What to read from the index: from the boundary of `page` on, `skip` objects to leave out, then `take` to
/// keep.
///
/// @param page the page at whose boundary to begin
/// @param newestFirst true: begin at its newest object and read older ones; false: begin at its oldest and read
///     newer ones, which come in the opposite order
/// @param skip objects to leave out, 0 or more
/// @param take objects to keep, 1 or more
public record IndexRead(long page, boolean newestFirst, int skip, int take) {

    /// How many objects to read.
    public int count() {
        return skip + take;
    }

    /// How to read `take` objects of which the newest has `offset` newer ones, from boundaries of runs alone.
    /// Mostly that is one read, from the nearer boundary. Objects on both sides of a boundary are two reads,
    /// the newer objects first, which begin at it and skip nothing, unless one read skips no more than it
    /// keeps.
    ///
    /// @param runs all runs, newest first, which hold `offset + take` objects or more
    static List<IndexRead> between(List<PageRun> runs, long offset, int take) {
        Place first = place(runs, offset);
        Place last = place(runs, offset + take - 1);
        long above = offset - first.rank;
        long below = last.end() - (offset + take);
        int newer = (int) Math.min(take, first.end() - offset);
        if (newer < take && Math.min(above, below) > take) {
            return List.of(
                    new IndexRead(first.run.from(), false, 0, newer),
                    new IndexRead(first.run.from() - 1, true, 0, take - newer));
        }
        return List.of(
                above <= below
                        ? new IndexRead(first.run.to(), true, Math.toIntExact(above), take)
                        : new IndexRead(last.run.from(), false, Math.toIntExact(below), take));
    }

    /// A run, and how many objects are newer than all of its own.
    private record Place(PageRun run, long rank) {

        long end() {
            return rank + run.live();
        }
    }

    private static Place place(List<PageRun> runs, long rank) {
        long newer = 0;
        for (PageRun run : runs) {
            if (rank < newer + run.live()) {
                return new Place(run, newer);
            }
            newer += run.live();
        }
        throw new IllegalArgumentException("there are " + newer + " objects");
    }
}
