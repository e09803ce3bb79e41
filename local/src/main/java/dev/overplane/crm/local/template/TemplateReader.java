package dev.overplane.crm.local.template;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Reads a SAM template. Only what this machine runs is read, and what is read is understood in full or
/// refused.
public final class TemplateReader {

    /// The made-up account in which the stack is.
    public static final String ACCOUNT = Resources.ACCOUNT;

    private final Resources resources;
    private final Intrinsics intrinsics;
    private final Map<String, Node> globals;

    private TemplateReader(Node template, String region) {
        this.resources = new Resources(template, region);
        this.intrinsics = new Intrinsics(resources);
        this.globals = template.at("Globals").members();
    }

    /// @throws TemplateException if it cannot be read, or says something that the local stack does not know
    public static Template read(Path file, String region) {
        return new TemplateReader(new Node("", CloudFormationYaml.read(file)), region).read();
    }

    private Template read() {
        var routes = new ArrayList<Route>();
        var notRun = new ArrayList<String>();
        var functions = new ArrayList<Function>();
        var tables = new ArrayList<Table>();
        var apis = new LinkedHashMap<String, Node>();
        resources.all().forEach((id, resource) -> {
            if (resource.at("Condition")
                    .optionalText()
                    .map(intrinsics::condition)
                    .orElse(true)) {
                switch (resource.at("Type").text()) {
                    case "AWS::Serverless::Function" -> functions.add(function(id));
                    case "AWS::DynamoDB::Table" ->
                        tables.add(TableReader.read(id, resources.physicalName(id), resolved(resource)));
                    case "AWS::Serverless::Api" -> apis.put(id, resource);
                    default -> {}
                }
            }
        });
        if (apis.size() != 1) {
            throw new TemplateException(
                    "the local stack runs exactly one AWS::Serverless::Api, not " + apis.size() + ".");
        }
        var api = new ApiReader(resolved(apis.values().iterator().next()), byReference(functions));
        for (var function : functions) {
            events(function.logicalId()).forEach((name, event) -> {
                switch (EventType.of(event)) {
                    case API -> routes.add(api.route(function.logicalId(), event.at("Properties")));
                    case ELSEWHERE ->
                        notRun.add(
                                function.logicalId() + ": " + event.at("Type").text());
                }
            });
        }
        return new Template(api.read(routes), functions, tables, notRun);
    }

    private Function function(String id) {
        var own = resolved(resources.all().get(id));
        var shared = shared("Function");
        var environment = new LinkedHashMap<String, String>();
        for (var properties : List.of(shared, own)) {
            properties
                    .at("Environment")
                    .at("Variables")
                    .members()
                    .forEach((name, value) -> environment.put(name, value.text()));
        }
        var arn = resources.attribute(id, "Arn").orElseThrow().toString();
        return new Function(
                id,
                resources.physicalName(id),
                arn,
                either(own, shared, "Handler").text(),
                Duration.ofSeconds(either(own, shared, "Timeout").number(3)),
                either(own, shared, "MemorySize").number(128),
                environment);
    }

    private Map<String, Node> events(String function) {
        return resolved(resources.all().get(function)).at("Events").members();
    }

    private Node resolved(Node resource) {
        var properties = resource.at("Properties");
        return new Node(properties.path(), intrinsics.resolve(without(properties)));
    }

    private Node shared(String section) {
        var node = globals.getOrDefault(section, new Node("Globals." + section, null));
        return new Node(node.path(), intrinsics.resolve(without(node)));
    }

    /// Leaves out what only AWS reads, in which any intrinsic function may occur.
    private static Map<String, Object> without(Node properties) {
        var kept = new LinkedHashMap<String, Object>();
        properties.members().forEach((name, member) -> {
            if (!List.of("Policies", "LoggingConfig", "Tags", "Description", "Role", "KmsKeyArn", "Layers")
                    .contains(name)) {
                kept.put(name, member.value());
            }
        });
        return kept;
    }

    private static Node either(Node own, Node shared, String key) {
        return own.at(key).present() ? own.at(key) : shared.at(key);
    }

    private static Map<String, String> byReference(List<Function> functions) {
        return functions.stream().collect(Collectors.toMap(Function::arn, Function::logicalId));
    }
}
