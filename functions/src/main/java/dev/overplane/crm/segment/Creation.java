package dev.overplane.crm.segment;

/// What became of a create.
public sealed interface Creation {

    /// A new object.
    ///
    /// @param versioned the object
    record Created(VersionedSegment versioned) implements Creation {}

    /// An equal request with the same idempotency key has created it before.
    ///
    /// @param versioned the object as it was when it was created
    record Replayed(VersionedSegment versioned) implements Creation {}

    /// Another request has used the idempotency key.
    record KeyReused() implements Creation {}

    /// Other requests with the idempotency key are in the way, and would not let this one be settled in time.
    record KeyInUse() implements Creation {}
}
