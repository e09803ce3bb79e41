/// DynamoDB: calls with deadlines and retries, and the reading of items.
@NullMarked
package dev.overplane.crm.dynamodb;

import org.jspecify.annotations.NullMarked;
