package dev.overplane.crm.http;

import com.fasterxml.jackson.databind.JsonNode;

/// Members of an event that API Gateway always sends.
final class EventMembers {

    private EventMembers() {}

    /// The scalar member of that name, as text.
    ///
    /// @throws IllegalArgumentException if it is absent or `null`
    static String text(JsonNode node, String member) {
        JsonNode value = node.path(member);
        if (value.isMissingNode() || value.isNull()) {
            throw new IllegalArgumentException("the event has no " + member);
        }
        return value.asText();
    }
}
