package dev.overplane.crm.local.gateway;

/// One header line.
public record Header(String name, String value) {}
