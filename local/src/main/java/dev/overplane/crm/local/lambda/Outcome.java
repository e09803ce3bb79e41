package dev.overplane.crm.local.lambda;

/// The result of an invocation. The payload is JSON in both cases.
public sealed interface Outcome {

    byte[] payload();

    /// The handler returned.
    record Succeeded(byte[] payload) implements Outcome {}

    /// The handler threw, timed out, or could not be created. The payload has Lambda's `errorMessage` and
    /// `errorType`.
    record Failed(byte[] payload, String errorMessage) implements Outcome {}
}
