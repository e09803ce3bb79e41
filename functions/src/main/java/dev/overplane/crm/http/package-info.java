/// HTTP as API Gateway's REST proxy integration speaks it: requests, responses and the one error envelope.
@NullMarked
package dev.overplane.crm.http;

import org.jspecify.annotations.NullMarked;
