package dev.overplane.crm.segment;

/// A write that carries an idempotency key.
///
/// @param key the key
/// @param fingerprint equal for requests that are to take effect once
public record IdempotentRequest(IdempotencyKey key, Fingerprint fingerprint) {}
