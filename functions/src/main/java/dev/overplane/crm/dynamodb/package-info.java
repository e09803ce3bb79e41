/// DynamoDB under our own time limits and retries.
@NullMarked
package dev.overplane.crm.dynamodb;

import org.jspecify.annotations.NullMarked;
