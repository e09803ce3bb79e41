package dev.overplane.crm.local.lambda;

import dev.overplane.crm.local.template.Function;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All functions of the template. Thread-safe.
public final class LambdaService {

    private final Map<String, LambdaFunction> byLogicalId = new LinkedHashMap<>();

    /// @param environments the variables of each function, by logical id
    /// @throws dev.overplane.crm.local.StackException if a handler's class is missing or no handler
    public LambdaService(List<Function> functions, Map<String, Map<String, String>> environments) {
        for (var function : functions) {
            var environment = environments.getOrDefault(function.logicalId(), Map.of());
            byLogicalId.put(function.logicalId(), new LambdaFunction(function, environment));
        }
    }

    /// Makes all handlers, at the same time, in the background.
    public void warm() {
        byLogicalId
                .values()
                .forEach(function -> Thread.ofPlatform().daemon().name("warm").start(function::warm));
    }

    public Optional<LambdaFunction> byLogicalId(String logicalId) {
        return Optional.ofNullable(byLogicalId.get(logicalId));
    }

    /// @param reference a logical id, a name, or an ARN; the latter two with or without an alias or version
    Optional<LambdaFunction> find(String reference) {
        var plain = reference.startsWith("arn:")
                ? reference.replaceFirst("^arn:[^:]*:lambda:[^:]*:[^:]*:function:", "")
                : reference;
        var name = plain.contains(":") ? plain.substring(0, plain.indexOf(':')) : plain;
        return byLogicalId(name)
                .or(() -> all().stream()
                        .filter(function -> function.definition().name().equals(name))
                        .findFirst());
    }

    private Collection<LambdaFunction> all() {
        return byLogicalId.values();
    }
}
