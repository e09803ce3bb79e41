package dev.overplane.crm.local.template;

import java.time.Duration;

/// Configures the API's Lambda authorizer, of type REQUEST.
///
/// @param function the logical id of its function
/// @param identityHeader the cache key: without it API Gateway rejects a request and does not call the function
/// @param timeToLive how long a policy is cached; zero disables the cache
public record AuthorizerSettings(String function, String identityHeader, Duration timeToLive) {}
