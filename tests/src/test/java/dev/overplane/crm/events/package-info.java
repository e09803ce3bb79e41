/// Change events: from a change to the bus, on the local stack over HTTP, and with a bus that fails.
@NullMarked
package dev.overplane.crm.events;

import org.jspecify.annotations.NullMarked;
