package dev.overplane.crm.segment;

/// What became of a delete.
public enum DeleteOutcome {
    /// Done.
    DELETED,
    /// An equal request with the same idempotency key has done it before.
    REPLAYED,
    /// A different request has used the idempotency key.
    KEY_REUSED,
    /// Other requests with the idempotency key kept this one from being decided in time.
    KEY_IN_USE,
    /// There is no such object.
    MISSING,
    /// The object's version does not fulfil the precondition.
    CHANGED
}
