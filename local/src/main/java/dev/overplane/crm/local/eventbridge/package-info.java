/// EventBridge: a bus that shows its events.
@NullMarked
package dev.overplane.crm.local.eventbridge;

import org.jspecify.annotations.NullMarked;
