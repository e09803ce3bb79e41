package dev.overplane.crm.local.template;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/// Gives the values of `!Ref` and `!GetAtt`, for a stack named `market-segment-local` in an account that does
/// not exist.
final class References {

    static final String STACK = "market-segment-local";
    static final String ACCOUNT = "123456789012";
    /// Ten letters and digits, as API Gateway's ids are.
    static final String API_ID = "local00api";

    private final Map<?, ?> template;
    private final String region;

    References(Map<?, ?> template, String region) {
        this.template = template;
        this.region = region;
    }

    /// Returns the value of `!Ref name`, or empty if the template has no such parameter or resource.
    ///
    /// @throws TemplateException if a parameter has no default
    Optional<String> ref(String name) {
        return parameter(name)
                .or(() -> pseudoParameter(name))
                .or(() -> published(name))
                .or(() -> resource(name));
    }

    /// Returns the value of `!GetAtt resource.attribute`, or empty if it is not one of those that are known
    /// here.
    Optional<String> attribute(String resource, String attribute) {
        return Optional.ofNullable(
                switch (type(resource) + " " + attribute) {
                    case "AWS::Serverless::Function Arn" -> arn("lambda", "function:" + physicalName(resource));
                    case "AWS::DynamoDB::Table Arn" -> arn("dynamodb", "table/" + physicalName(resource));
                    case "AWS::SQS::Queue Arn" -> arn("sqs", physicalName(resource));
                    case "AWS::Events::EventBus Arn" -> arn("events", "event-bus/" + physicalName(resource));
                    // AWS ends it with the time at which the stream began.
                    case "AWS::DynamoDB::Table StreamArn" ->
                        properties(resource).containsKey("StreamSpecification")
                                ? arn("dynamodb", "table/" + physicalName(resource) + "/stream/local")
                                : null;
                    default -> null;
                });
    }

    /// Returns the name of a function or table at AWS: the one that the template gives, or one such as
    /// CloudFormation makes.
    String physicalName(String logicalId) {
        var name = type(logicalId).equals("AWS::DynamoDB::Table") ? "TableName" : "FunctionName";
        return switch (properties(logicalId).get(name)) {
            case null -> STACK + "-" + logicalId;
            case String given -> given;
            case Map<?, ?> call when call.size() == 1 && call.get("Fn::Sub") instanceof String text -> substitute(text);
            default ->
                throw new TemplateException(
                        "Resources." + logicalId + ".Properties." + name + " must be plain text or its !Sub.");
        };
    }

    /// Replaces parameters in the name of a resource.
    private String substitute(String text) {
        return Intrinsics.PLACEHOLDER
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(parameter(match.group(1))
                        .or(() -> pseudoParameter(match.group(1)))
                        .orElseThrow(
                                () -> new TemplateException("The name " + text + " must be made of parameters."))));
    }

    private Optional<String> parameter(String name) {
        if (!map(template.get("Parameters")).containsKey(name)) {
            return Optional.empty();
        }
        return switch (map(map(template.get("Parameters")).get(name)).get("Default")) {
            case null -> throw new TemplateException("Parameters." + name + " needs a Default to run locally.");
            case Object value -> Optional.of(value.toString());
        };
    }

    private Optional<String> pseudoParameter(String name) {
        return Optional.ofNullable(
                switch (name) {
                    case "AWS::Region" -> region;
                    case "AWS::AccountId" -> ACCOUNT;
                    case "AWS::StackName" -> STACK;
                    case "AWS::Partition" -> "aws";
                    case "AWS::URLSuffix" -> "amazonaws.com";
                    default -> null;
                });
    }

    /// SAM's `!Ref Function.Alias` and `!Ref Function.Version`: the ARNs of what `AutoPublishAlias` makes. Here is
    /// one version, which runs what the template says.
    private Optional<String> published(String name) {
        if (!name.endsWith(".Alias") && !name.endsWith(".Version")) {
            return Optional.empty();
        }
        var function = name.substring(0, name.lastIndexOf('.'));
        var own = properties(function).get("AutoPublishAlias");
        var alias = own != null
                ? own
                : map(map(template.get("Globals")).get("Function")).get("AutoPublishAlias");
        return alias == null
                ? Optional.empty()
                : attribute(function, "Arn").map(arn -> arn + ":" + (name.endsWith(".Alias") ? alias : "1"));
    }

    private Optional<String> resource(String name) {
        return switch (type(name)) {
            case "" -> Optional.empty();
            case "AWS::Serverless::Api" -> Optional.of(API_ID);
            default -> Optional.of(physicalName(name));
        };
    }

    private String arn(String service, String resource) {
        return "arn:aws:" + service + ":" + region + ":" + ACCOUNT + ":" + resource;
    }

    private String type(String logicalId) {
        var type = map(map(template.get("Resources")).get(logicalId)).get("Type");
        return type == null ? "" : type.toString();
    }

    private Map<?, ?> properties(String logicalId) {
        return map(map(map(template.get("Resources")).get(logicalId)).get("Properties"));
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }
}
