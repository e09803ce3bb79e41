package dev.overplane.crm.segment;

/// What became of an update.
public sealed interface UpdateOutcome {

    /// Done.
    ///
    /// @param versioned the object as it is now
    record Updated(VersionedSegment versioned) implements UpdateOutcome {}

    /// There is no such object.
    record Missing() implements UpdateOutcome {}

    /// The object's version does not fulfil the precondition.
    record Changed() implements UpdateOutcome {}
}
