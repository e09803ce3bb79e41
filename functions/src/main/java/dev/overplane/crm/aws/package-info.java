/// Calls to services of AWS's of which a function makes one or two: signed by hand, without the SDK's module.
@NullMarked
package dev.overplane.crm.aws;

import org.jspecify.annotations.NullMarked;
