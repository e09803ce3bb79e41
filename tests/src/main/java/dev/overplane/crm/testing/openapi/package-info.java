/// What `openapi.yaml` says of the API, and whether a response does as it says.
@NullMarked
package dev.overplane.crm.testing.openapi;

import org.jspecify.annotations.NullMarked;
