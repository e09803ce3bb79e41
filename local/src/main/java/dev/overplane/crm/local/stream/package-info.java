/// Lambda's event source mappings of DynamoDB streams: polls a stream and invokes a function with its records.
@NullMarked
package dev.overplane.crm.local.stream;

import org.jspecify.annotations.NullMarked;
