/// The Lambda handlers: each decodes, calls the core and encodes.
@NullMarked
package dev.overplane.crm.function;

import org.jspecify.annotations.NullMarked;
