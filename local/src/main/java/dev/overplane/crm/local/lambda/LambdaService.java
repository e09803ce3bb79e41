package dev.overplane.crm.local.lambda;

import dev.overplane.crm.local.template.Function;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The functions of the template. Thread-safe.
public final class LambdaService {

    private final Map<String, LambdaFunction> functions = new LinkedHashMap<>();

    /// @param environments the variables of each function, by its logical id
    /// @throws dev.overplane.crm.local.startup.StartupException if a handler's class does not exist or is not a
    ///     handler
    public LambdaService(List<Function> functions, Map<String, Map<String, String>> environments) {
        for (var function : functions) {
            var environment = environments.getOrDefault(function.logicalId(), Map.of());
            this.functions.put(function.logicalId(), new LambdaFunction(function, environment));
        }
    }

    /// Creates all handlers concurrently, in the background.
    public void initialize() {
        functions
                .values()
                .forEach(function -> Thread.ofPlatform().daemon().name("init").start(function::initialize));
    }

    public Optional<LambdaFunction> byLogicalId(String logicalId) {
        return Optional.ofNullable(functions.get(logicalId));
    }

    /// @param reference a logical id, a name, or an ARN; each with or without an alias or version
    Optional<LambdaFunction> find(String reference) {
        var qualified = reference.startsWith("arn:")
                ? reference.replaceFirst("^arn:[^:]*:lambda:[^:]*:[^:]*:function:", "")
                : reference;
        var name = qualified.split(":", 2)[0];
        return byLogicalId(name)
                .or(() -> functions.values().stream()
                        .filter(function -> function.definition().name().equals(name))
                        .findFirst());
    }
}
