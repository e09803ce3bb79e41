/// API Gateway's REST API with proxy integration: routes, authorizer, events, and the gateway's own answers.
@NullMarked
package dev.overplane.crm.local.gateway;

import org.jspecify.annotations.NullMarked;
