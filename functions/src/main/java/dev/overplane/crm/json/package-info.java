/// Reading and writing JSON without data binding.
@NullMarked
package dev.overplane.crm.json;

import org.jspecify.annotations.NullMarked;
