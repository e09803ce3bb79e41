/// DynamoDB Local, for this machine only, and the tables of the template.
@NullMarked
package dev.overplane.crm.local.dynamodb;

import org.jspecify.annotations.NullMarked;
