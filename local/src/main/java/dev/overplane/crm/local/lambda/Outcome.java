package dev.overplane.crm.local.lambda;

/// How an invocation ended. The payload is JSON in both cases.
public sealed interface Outcome {

    byte[] payload();

    /// The handler returned.
    record Answered(byte[] payload) implements Outcome {}

    /// The handler threw, ran out of time, or could not be made; the payload has Lambda's `errorMessage` and
    /// `errorType`.
    record Failed(byte[] payload, String errorMessage) implements Outcome {}
}
