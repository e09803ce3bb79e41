package dev.overplane.crm.segment.counting;

/// What to read from the index, to get one page of a listing: from the boundary of `page` on, `skip` objects to
/// pass over, then `take` to keep.
///
/// @param page the page at whose boundary to begin
/// @param newestFirst whether to begin at its newest object and read older ones, or at its oldest and read
///     newer ones; what was read the latter way is in the wrong order
/// @param skip objects to pass over, 0 or more
/// @param take objects to keep, 1 or more
public record Slice(long page, boolean newestFirst, int skip, int take) {

    /// How many objects to read.
    public int read() {
        return skip + take;
    }
}
