package dev.overplane.crm.local.template;

import java.time.Duration;

/// The API's Lambda authorizer, of type REQUEST.
///
/// @param function its function's logical id
/// @param identityHeader the header without which it is not even asked, and by whose value its answers are
///     remembered
/// @param timeToLive how long an answer is remembered; zero for not at all
public record AuthorizerSettings(String function, String identityHeader, Duration timeToLive) {}
