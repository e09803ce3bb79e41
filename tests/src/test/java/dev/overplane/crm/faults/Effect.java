package dev.overplane.crm.faults;

/// What an operation under a fault came to.
enum Effect {
    /// The client got its answer, as if nothing had happened.
    ANSWERED,
    /// The client was asked to come back, and DynamoDB had done what was asked.
    DONE_UNHEARD,
    /// The client was asked to come back, and nothing had been done.
    NOT_DONE;

    boolean done() {
        return this != NOT_DONE;
    }
}
