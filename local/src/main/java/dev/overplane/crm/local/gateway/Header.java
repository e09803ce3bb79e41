package dev.overplane.crm.local.gateway;

/// A header field.
public record Header(String name, String value) {}
