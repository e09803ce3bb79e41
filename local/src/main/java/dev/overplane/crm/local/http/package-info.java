/// The HTTP server that serves each of the stack's addresses, and the protocol that some of its AWS services share.
@NullMarked
package dev.overplane.crm.local.http;

import org.jspecify.annotations.NullMarked;
