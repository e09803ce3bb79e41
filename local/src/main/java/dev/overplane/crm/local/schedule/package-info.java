/// EventBridge's schedules: invokes functions at their times.
@NullMarked
package dev.overplane.crm.local.schedule;

import org.jspecify.annotations.NullMarked;
