package dev.overplane.crm.local.template;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads the parts of a SAM template that the local stack runs. Anything in them that it does not support is an
/// error.
public final class TemplateReader {

    /// The account of the stack, which does not exist.
    public static final String ACCOUNT = References.ACCOUNT;

    /// SAM's defaults, in seconds and MB.
    private static final int TIMEOUT = 3;
    private static final int MEMORY = 128;

    private final TemplateValue template;
    private final References references;
    private final Intrinsics intrinsics;

    private TemplateReader(Map<?, ?> template, String region) {
        this.references = new References(template, region);
        this.intrinsics = new Intrinsics(
                references, template.get("Conditions") instanceof Map<?, ?> conditions ? conditions : Map.of());
        this.template = new TemplateValue("", template, intrinsics);
    }

    /// @throws TemplateException if the file cannot be read, or if it says something that the local stack does
    /// not support
    public static Template read(Path file, String region) {
        return new TemplateReader(CloudFormationYaml.read(file), region).read();
    }

    private Template read() {
        var functions = new ArrayList<Function>();
        var tables = new ArrayList<Table>();
        var apis = new ArrayList<TemplateValue>();
        var mappings = new ArrayList<TemplateValue>();
        var buses = new ArrayList<String>();
        var schedules = new ArrayList<Schedule>();
        var events = new LinkedHashMap<String, List<TemplateValue>>();
        template.at("Resources").members().forEach((id, resource) -> {
            var condition = resource.at("Condition").optionalText();
            if (condition.isPresent() && !intrinsics.holds(resource.path(), condition.get())) {
                return;
            }
            var properties = resource.at("Properties");
            switch (resource.at("Type").text()) {
                case "AWS::Serverless::Api" -> apis.add(properties);
                case "AWS::DynamoDB::Table" ->
                    tables.add(TableReader.read(id, references.physicalName(id), properties));
                case "AWS::Serverless::Function" -> {
                    functions.add(function(id, properties));
                    events.put(id, List.copyOf(properties.at("Events").members().values()));
                    properties.at("Events").members().forEach((name, source) -> {
                        if (source.at("Type").text().equals("Schedule")) {
                            schedules.add(new Schedule(
                                    id + name,
                                    id,
                                    source.at("Properties").at("Schedule").text()));
                        }
                    });
                }
                case "AWS::Lambda::EventSourceMapping" -> mappings.add(properties);
                case "AWS::Events::EventBus" -> buses.add(references.physicalName(id));
                default -> {}
            }
        });
        if (apis.size() != 1) {
            throw new TemplateException(
                    "the local stack runs exactly one AWS::Serverless::Api, not " + apis.size() + ".");
        }
        if (buses.size() > 1) {
            throw new TemplateException("the local stack runs one AWS::Events::EventBus, not " + buses.size() + ".");
        }
        var mappingReader = new StreamMappingReader(references, functions, tables);
        return new Template(
                new ApiReader(apis.getFirst(), functions).read(events),
                functions,
                tables,
                mappings.stream().map(mappingReader::read).toList(),
                schedules,
                buses.stream().findFirst());
    }

    private Function function(String id, TemplateValue own) {
        var globals = template.at("Globals").at("Function");
        var environment = new LinkedHashMap<String, String>();
        for (var properties : List.of(globals, own)) {
            var variables = properties.at("Environment").at("Variables").members();
            variables.forEach((name, value) -> environment.put(name, value.text()));
        }
        return new Function(
                id,
                references.physicalName(id),
                references.attribute(id, "Arn").orElseThrow(),
                either(own, globals, "Handler").text(),
                Duration.ofSeconds(
                        either(own, globals, "Timeout").optionalNumber().orElse(TIMEOUT)),
                either(own, globals, "MemorySize").optionalNumber().orElse(MEMORY),
                environment,
                PolicyReader.read(own));
    }

    private static TemplateValue either(TemplateValue own, TemplateValue globals, String key) {
        return own.at(key).isPresent() ? own.at(key) : globals.at(key);
    }
}
