package dev.overplane.crm.segment;

/// Where an object stands in its tenant's order of creation. The id breaks a tie. It never changes.
///
/// @param page ordinal of its page, 0 to 2^25 - 1; see [dev.overplane.crm.segment.counting.PageLayout]
/// @param createdAt when it was created
public record Position(long page, Timestamp createdAt) {

    static final int PAGE_BITS = 25;

    public Position {
        if (page < 0 || page >>> PAGE_BITS != 0) {
            throw new IllegalArgumentException("page out of range");
        }
    }
}
