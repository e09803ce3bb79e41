package dev.overplane.crm.local.lambda;

/// An invocation that has ended.
///
/// @param log the tail of what the handler logged through its context, with Lambda's own lines around it
public record Invocation(String requestId, Outcome outcome, String log) {}
