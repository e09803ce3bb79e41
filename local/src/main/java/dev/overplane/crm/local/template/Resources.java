package dev.overplane.crm.local.template;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The names of a template, as they would be in a stack named `market-segment-local` of a made-up account.
final class Resources implements Scope {

    static final String STACK = "market-segment-local";
    static final String ACCOUNT = "123456789012";
    /// What `!Ref` of a REST API gives; AWS's are ten letters and digits too.
    static final String API_ID = "local00api";

    private final String region;
    private final Map<String, Object> parameters = new LinkedHashMap<>();
    private final Map<String, Node> resources;
    private final Map<String, Object> conditions = new LinkedHashMap<>();

    Resources(Node template, String region) {
        this.region = region;
        this.resources = template.at("Resources").members();
        template.at("Parameters").members().forEach((name, parameter) -> {
            var value = parameter.at("Default").value();
            if (value == null) {
                throw parameter.error("needs a Default to run locally");
            }
            parameters.put(name, value);
        });
        template.at("Conditions").members().forEach((name, condition) -> conditions.put(name, condition.value()));
    }

    String region() {
        return region;
    }

    Map<String, Node> all() {
        return resources;
    }

    @Override
    public Map<String, Object> conditions() {
        return conditions;
    }

    @Override
    public Optional<Object> ref(String name) {
        return Optional.ofNullable(parameters.get(name)).or(() -> pseudo(name)).or(() -> resource(name));
    }

    @Override
    public Optional<Object> attribute(String resource, String attribute) {
        return attribute.equals("Arn") && resources.containsKey(resource) ? arn(resource) : Optional.empty();
    }

    /// The name at AWS of a function or table.
    String physicalName(String logicalId) {
        var properties = resources.get(logicalId).at("Properties");
        for (var key : new String[] {"FunctionName", "TableName"}) {
            if (properties.at(key).value() instanceof String name) {
                return name;
            }
        }
        return STACK + "-" + logicalId;
    }

    String type(String logicalId) {
        return resources.get(logicalId).at("Type").text();
    }

    private Optional<Object> pseudo(String name) {
        return Optional.ofNullable(
                switch (name) {
                    case "AWS::Region" -> region;
                    case "AWS::AccountId" -> ACCOUNT;
                    case "AWS::StackName" -> STACK;
                    case "AWS::Partition" -> "aws";
                    case "AWS::URLSuffix" -> "amazonaws.com";
                    case "AWS::StackId" ->
                        "arn:aws:cloudformation:" + region + ":" + ACCOUNT + ":stack/" + STACK + "/local";
                    default -> null;
                });
    }

    private Optional<Object> resource(String name) {
        if (name.contains(".")) {
            // SAM's own: the ARN of the alias that AutoPublishAlias makes.
            var function = name.substring(0, name.indexOf('.'));
            var isAlias = name.endsWith(".Alias") && resources.containsKey(function);
            return isAlias ? arn(function).map(arn -> arn + ":live") : Optional.empty();
        }
        if (!resources.containsKey(name)) {
            return Optional.empty();
        }
        return Optional.of(type(name).equals("AWS::Serverless::Api") ? API_ID : physicalName(name));
    }

    private Optional<Object> arn(String logicalId) {
        var name = physicalName(logicalId);
        return Optional.ofNullable(
                switch (type(logicalId)) {
                    case "AWS::Serverless::Function" ->
                        "arn:aws:lambda:" + region + ":" + ACCOUNT + ":function:" + name;
                    case "AWS::DynamoDB::Table" -> "arn:aws:dynamodb:" + region + ":" + ACCOUNT + ":table/" + name;
                    default -> null;
                });
    }
}
