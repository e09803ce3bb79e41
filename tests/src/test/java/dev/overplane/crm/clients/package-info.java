/// What the functions' clients take from the environment.
@NullMarked
package dev.overplane.crm.clients;

import org.jspecify.annotations.NullMarked;
