package dev.overplane.crm.eventbridge;

import java.time.Duration;
import java.util.List;

/// A bus that takes some events and may refuse others of the same call.
public interface EventBus {

    /// Most events of one call.
    int MAX_EVENTS = 10;

    /// Most bytes of one call, as EventBridge counts them.
    int MAX_BYTES = 256 * 1024;

    /// Puts events on the bus, in one call.
    ///
    /// @param events no more than [#MAX_EVENTS], and [#MAX_BYTES] together
    /// @param limit time for the call
    /// @return for each event whether the bus has it
    /// @throws EventBusException if there was no answer in time, or none that says so. The bus may have any of
    ///     them.
    List<Boolean> put(List<BusEvent> events, Duration limit);

    /// The size of an event as the bus counts it, in bytes.
    int size(BusEvent event);
}
