/// Structured logs.
@NullMarked
package dev.overplane.crm.log;

import org.jspecify.annotations.NullMarked;
