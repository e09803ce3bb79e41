/// What SnapStart does to a function, and what a function carries through it.
@NullMarked
package dev.overplane.crm.restore;

import org.jspecify.annotations.NullMarked;
