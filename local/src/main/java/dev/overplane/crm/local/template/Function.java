package dev.overplane.crm.local.template;

import java.time.Duration;
import java.util.Map;

/// Describes a Lambda function.
///
/// @param logicalId its name in the template
/// @param name its name at Lambda
/// @param arn its ARN, without a version
/// @param handler `package.Class::method`
/// @param memory in MB
/// @param environment its variables, without those that Lambda adds
public record Function(
        String logicalId,
        String name,
        String arn,
        String handler,
        Duration timeout,
        int memory,
        Map<String, String> environment) {

    public Function {
        environment = Map.copyOf(environment);
    }
}
