package dev.overplane.crm.segment;

/// What became of a delete.
public enum DeleteOutcome {
    /// Done.
    DELETED,
    /// There is no such object.
    MISSING,
    /// The object's version does not fulfil the precondition.
    CHANGED
}
