package dev.overplane.crm.local.gateway;

import java.util.Map;

/// What came of asking the authorizer.
sealed interface Verdict {

    /// @param latency milliseconds that the authorizer took; 0 when its answer was remembered
    record Allowed(String principalId, Map<String, String> context, long latency) implements Verdict {}

    /// @param context what the authorizer told along with its refusal
    record Refused(Fault fault, Map<String, String> context) implements Verdict {}
}
