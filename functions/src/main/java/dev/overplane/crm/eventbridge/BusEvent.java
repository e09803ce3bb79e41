package dev.overplane.crm.eventbridge;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// An event for a bus.
///
/// @param object what it is about: events about one object are put one after the other
/// @param type the `detail-type` that subscribers match
/// @param time when it happened, kept to the second
/// @param detail a JSON object
public record BusEvent(String object, String type, Instant time, String detail) {

    /// What EventBridge counts for the time of an entry, see
    /// [the rules](https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevent-size.html).
    private static final int TIME_BYTES = 14;

    /// The size that EventBridge counts, in bytes.
    ///
    /// @param source the event's source
    int size(String source) {
        return TIME_BYTES + bytes(source) + bytes(type) + bytes(detail);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
