package dev.overplane.crm.local.lambda;

/// A finished invocation.
///
/// @param log the last 4096 characters that the handler logged through its context, with Lambda's lines around
///     them
public record Invocation(String requestId, Outcome outcome, String log) {}
