package dev.overplane.crm.segment;

/// What became of a create.
public sealed interface Creation {

    /// A new object.
    ///
    /// @param versioned the object
    record Created(VersionedSegment versioned) implements Creation {}

    /// An equal request with the same idempotency key has created the object before.
    ///
    /// @param versioned the object as it was when it was created
    record Replayed(VersionedSegment versioned) implements Creation {}

    /// A different request has used the idempotency key.
    record KeyReused() implements Creation {}

    /// Other requests with the idempotency key kept this one from being decided in time.
    record KeyInUse() implements Creation {}
}
