/// The contract of the HTTP API as its clients see it, tested from outside: against a local stack, or any
/// deployed API.
@NullMarked
package dev.overplane.crm.contract;

import org.jspecify.annotations.NullMarked;
