package dev.overplane.crm.local.template;

/// Maps a method and path of the API to a function.
///
/// @param method in capitals, or `ANY`
/// @param path with variables in braces, each a whole segment: `/things/{id}`
/// @param function the function's logical id
/// @param authorized whether the API's authorizer decides first
public record Route(String method, String path, String function, boolean authorized) {}
