package dev.overplane.crm.segment;

import java.util.Optional;

/// What a request asks of an object's name: the three states of the body member `market_segment`.
///
/// Immutable.
public sealed interface NameChange {

    /// The member is absent: a create leaves the name unset, an update leaves it as it is.
    record Unchanged() implements NameChange {}

    /// The member is `null`: unset the name.
    record Cleared() implements NameChange {}

    /// The member is a string: set the name.
    ///
    /// @param name the new name
    record SetTo(SegmentName name) implements NameChange {}

    /// The name to store, or empty if none is to be stored. An update must not ask this of [Unchanged].
    default Optional<SegmentName> storedName() {
        return this instanceof SetTo(SegmentName name) ? Optional.of(name) : Optional.empty();
    }
}
