/// API keys: what they consist of, the table that holds their hashes, and how they are issued, looked up, listed,
/// rotated and revoked.
@NullMarked
package dev.overplane.crm.key;

import org.jspecify.annotations.NullMarked;
