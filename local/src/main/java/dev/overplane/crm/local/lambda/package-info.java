/// Lambda: functions invoked in this JVM under the rules of the service, and its Invoke API.
@NullMarked
package dev.overplane.crm.local.lambda;

import org.jspecify.annotations.NullMarked;
