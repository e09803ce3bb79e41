/// The stack on one machine: the functions, wired as `template.yaml` says, behind the API, Lambda's Invoke API
/// and DynamoDB.
@NullMarked
package dev.overplane.crm.local;

import org.jspecify.annotations.NullMarked;
