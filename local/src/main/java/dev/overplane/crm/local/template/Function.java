package dev.overplane.crm.local.template;

import java.time.Duration;
import java.util.Map;

/// A Lambda function as the template describes it.
///
/// @param logicalId its name in the template
/// @param name its name at Lambda
/// @param arn its Amazon resource name, without a version
/// @param handler `package.Class::method`
/// @param memory in MB
/// @param environment the variables of the template, resolved
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
