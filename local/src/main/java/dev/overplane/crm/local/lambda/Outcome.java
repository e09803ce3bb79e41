package dev.overplane.crm.local.lambda;

/// The result of an invocation. The payload is JSON in each case.
public sealed interface Outcome {

    byte[] payload();

    /// The handler returned.
    record Succeeded(byte[] payload) implements Outcome {}

    /// The handler threw, timed out, or could not be created. The payload has Lambda's `errorMessage` and
    /// `errorType`.
    record Failed(byte[] payload, String errorMessage) implements Outcome {}

    /// The function did not run: as many of its invocations ran as its reserved concurrency allows. The payload
    /// is that of Lambda's `TooManyRequestsException`.
    record Throttled(byte[] payload) implements Outcome {}
}
