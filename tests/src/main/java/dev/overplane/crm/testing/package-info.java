/// What several suites build on: the template's tables, its whole stack, its functions in this JVM, and a proxy
/// that makes DynamoDB fail.
@NullMarked
package dev.overplane.crm.testing;

import org.jspecify.annotations.NullMarked;
