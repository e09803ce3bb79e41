/// EventBridge: puts events on a bus, in order per object.
@NullMarked
package dev.overplane.crm.eventbridge;

import org.jspecify.annotations.NullMarked;
