/// The product's own retries under contention, in virtual time.
@NullMarked
package dev.overplane.crm.dynamodb;

import org.jspecify.annotations.NullMarked;
