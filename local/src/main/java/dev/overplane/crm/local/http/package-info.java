/// The HTTP server that serves each of the stack's three addresses.
@NullMarked
package dev.overplane.crm.local.http;

import org.jspecify.annotations.NullMarked;
