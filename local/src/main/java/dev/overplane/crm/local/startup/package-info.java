/// The error of a stack that cannot start, which every part of it may throw.
@NullMarked
package dev.overplane.crm.local.startup;

import org.jspecify.annotations.NullMarked;
