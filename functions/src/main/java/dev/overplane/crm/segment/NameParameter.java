package dev.overplane.crm.segment;

import java.util.Optional;

/// The member `market_segment` of a request's body, which may be absent, `null` or a text: three different wishes.
public sealed interface NameParameter {

    /// Not given: a create leaves it unset, an update unchanged.
    record Absent() implements NameParameter {}

    /// Given as `null`: unset it.
    record Cleared() implements NameParameter {}

    /// Given as a text.
    ///
    /// @param text the text
    record Given(SegmentName text) implements NameParameter {}

    /// The text that an object has after it.
    default Optional<SegmentName> name() {
        return this instanceof Given(SegmentName text) ? Optional.of(text) : Optional.empty();
    }
}
