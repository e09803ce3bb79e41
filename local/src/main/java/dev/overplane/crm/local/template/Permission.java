package dev.overplane.crm.local.template;

/// An action of IAM on one resource, which a function's policies allow or a request needs.
///
/// @param action such as `dynamodb:GetItem`
/// @param resource the ARN of a table, index or stream
public record Permission(String action, String resource) {}
