package dev.overplane.crm.segment;

/// What became of an update.
public sealed interface UpdateOutcome {

    /// Done.
    ///
    /// @param versioned the object as it is now
    record Updated(VersionedSegment versioned) implements UpdateOutcome {}

    /// An equal request with the same idempotency key has done it before.
    ///
    /// @param versioned the object as it was then
    record Replayed(VersionedSegment versioned) implements UpdateOutcome {}

    /// A different request has used the idempotency key.
    record KeyReused() implements UpdateOutcome {}

    /// Other requests with the idempotency key kept this one from being decided in time.
    record KeyInUse() implements UpdateOutcome {}

    /// There is no such object.
    record Missing() implements UpdateOutcome {}

    /// The object's version does not fulfil the precondition.
    record Changed() implements UpdateOutcome {}
}
