package dev.overplane.crm.local.template;

/// A path and method of the API, and the function behind it.
///
/// @param method in capitals, or `ANY`
/// @param path with variables in braces, each a whole segment: `/things/{id}`
/// @param function the function's logical id
/// @param authorized whether the API's authorizer is asked first
public record Route(String method, String path, String function, boolean authorized) {}
