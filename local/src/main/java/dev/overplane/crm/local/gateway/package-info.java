/// API Gateway's REST API with proxy integration: routes, authorizer, events and gateway responses.
@NullMarked
package dev.overplane.crm.local.gateway;

import org.jspecify.annotations.NullMarked;
