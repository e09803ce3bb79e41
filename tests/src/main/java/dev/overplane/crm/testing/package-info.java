/// What several tests build on: DynamoDB Local with the template's tables, a proxy that makes it fail, and the
/// functions as API Gateway calls them.
@NullMarked
package dev.overplane.crm.testing;

import org.jspecify.annotations.NullMarked;
