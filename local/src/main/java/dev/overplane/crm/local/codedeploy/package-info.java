/// CodeDeploy, as far as a hook calls it.
@NullMarked
package dev.overplane.crm.local.codedeploy;

import org.jspecify.annotations.NullMarked;
