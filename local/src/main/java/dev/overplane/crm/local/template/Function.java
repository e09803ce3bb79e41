package dev.overplane.crm.local.template;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/// Describes a Lambda function.
///
/// @param logicalId its name in the template
/// @param name its name at Lambda
/// @param arn its ARN, without a version
/// @param handler `package.Class::method`
/// @param memory in MB
/// @param environment its variables, without those that Lambda adds
/// @param permissions what it may do at DynamoDB
public record Function(
        String logicalId,
        String name,
        String arn,
        String handler,
        Duration timeout,
        int memory,
        Map<String, String> environment,
        Set<Permission> permissions) {

    public Function {
        environment = Map.copyOf(environment);
        permissions = Set.copyOf(permissions);
    }
}
