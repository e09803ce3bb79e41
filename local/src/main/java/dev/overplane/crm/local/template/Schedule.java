package dev.overplane.crm.local.template;

/// Describes an event of type `Schedule`: a rule that invokes a function.
///
/// @param name the name of the event
/// @param function the logical id of the function
/// @param expression `rate(…)` or `cron(…)`
public record Schedule(String name, String function, String expression) {}
