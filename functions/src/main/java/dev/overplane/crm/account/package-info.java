/// Who is calling: account, mode and scope.
@NullMarked
package dev.overplane.crm.account;

import org.jspecify.annotations.NullMarked;
