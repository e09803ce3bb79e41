/// DynamoDB Local, reachable from this machine alone, and the tables of the template.
@NullMarked
package dev.overplane.crm.local.dynamodb;

import org.jspecify.annotations.NullMarked;
