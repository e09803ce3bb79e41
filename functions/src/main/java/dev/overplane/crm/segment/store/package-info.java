/// Market segments and their counters in DynamoDB: each operation in a class of its own.
@NullMarked
package dev.overplane.crm.segment.store;

import org.jspecify.annotations.NullMarked;
