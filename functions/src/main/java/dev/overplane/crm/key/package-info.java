/// API keys: issuing, looking up, listing and revoking them.
@NullMarked
package dev.overplane.crm.key;

import org.jspecify.annotations.NullMarked;
