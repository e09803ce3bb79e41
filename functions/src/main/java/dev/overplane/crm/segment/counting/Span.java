package dev.overplane.crm.segment.counting;

/// Consecutive pages whose losses are counted together.
///
/// @param from the first page
/// @param to the last page, `from` or later
/// @param deficit how many of the objects created in these pages are gone
public record Span(long from, long to, long deficit) {

    public Span {
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("pages out of order");
        }
    }

    /// A single page.
    public static Span of(long page, long deficit) {
        return new Span(page, page, deficit);
    }

    /// Whether all pages of `other` are among these.
    public boolean covers(Span other) {
        return from <= other.from && other.to <= to;
    }
}
