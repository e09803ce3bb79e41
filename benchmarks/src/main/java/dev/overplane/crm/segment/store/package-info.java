/// Tools that write the product's own items straight into its tables.
@NullMarked
package dev.overplane.crm.segment.store;

import org.jspecify.annotations.NullMarked;
