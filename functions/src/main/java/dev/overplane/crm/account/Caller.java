package dev.overplane.crm.account;

/// Who sent a request: what the authorizer knows from the API key.
///
/// @param tenant the account and mode that the key opens
/// @param scope what the key may do
/// @param keyId the key's identifier, for the logs
public record Caller(Tenant tenant, Scope scope, String keyId) {}
