/// Lambda: invokes functions in this JVM by the rules of the service, and serves its Invoke API.
@NullMarked
package dev.overplane.crm.local.lambda;

import org.jspecify.annotations.NullMarked;
