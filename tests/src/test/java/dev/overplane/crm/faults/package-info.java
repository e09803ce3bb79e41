/// What becomes of every operation when DynamoDB throttles, conflicts, stalls, responses too late or not at
/// all.
@NullMarked
package dev.overplane.crm.faults;

import org.jspecify.annotations.NullMarked;
