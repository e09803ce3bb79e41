package dev.overplane.crm.local.template;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Evaluates `Ref`, `Fn::GetAtt`, `Fn::Sub` with or without a map of its own, and `Fn::If` over conditions of
/// `Fn::Equals` and `Fn::Not`. Any other intrinsic function is an error.
final class Intrinsics {

    static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]+)}");

    private final References references;
    private final Map<?, ?> conditions;

    /// @param conditions the template's section `Conditions`
    Intrinsics(References references, Map<?, ?> conditions) {
        this.references = references;
        this.conditions = conditions;
    }

    /// Evaluates the function of which `value` is a call. Returns any other value as it is.
    ///
    /// @return null for `AWS::NoValue`
    @Nullable
    Object evaluate(String path, @Nullable Object value) {
        if (!(value instanceof Map<?, ?> map) || map.size() != 1) {
            return value;
        }
        var call = map.entrySet().iterator().next();
        var argument = call.getValue();
        return switch (call.getKey().toString()) {
            case "Ref" -> "AWS::NoValue".equals(argument) ? null : reference(path, text(path, argument));
            case "Fn::GetAtt" -> attribute(path, list(path, "Fn::GetAtt", 2, argument));
            case "Fn::Sub" -> substitute(path, argument);
            case "Fn::If" -> choose(path, list(path, "Fn::If", 3, argument));
            case String name
            when name.startsWith("Fn::") ->
                throw error(path, "calls " + name + ", which the local stack does not know");
            default -> value;
        };
    }

    /// Says whether a condition holds.
    boolean holds(String path, String condition) {
        if (!conditions.containsKey(condition)) {
            throw error(path, "names no condition: " + condition);
        }
        var where = "Conditions." + condition;
        return isTrue(where, conditions.get(condition));
    }

    private boolean isTrue(String where, @Nullable Object condition) {
        if (condition instanceof Map<?, ?> call && call.size() == 1) {
            var function = call.entrySet().iterator().next();
            switch (function.getKey().toString()) {
                case "Fn::Equals" -> {
                    var sides = list(where, "Fn::Equals", 2, function.getValue());
                    return text(where, evaluate(where, sides.getFirst()))
                            .equals(text(where, evaluate(where, sides.getLast())));
                }
                case "Fn::Not" -> {
                    return !isTrue(
                            where,
                            list(where, "Fn::Not", 1, function.getValue()).getFirst());
                }
                default -> {
                    // The message below covers it.
                }
            }
        }
        throw error(where, "must be !Equals, or !Not of it, for the local stack");
    }

    private String reference(String path, String name) {
        return references
                .ref(name)
                .orElseThrow(() -> error(path, "refers to " + name + ", which the template does not have"));
    }

    private String attribute(String path, List<?> argument) {
        var resource = text(path, argument.getFirst());
        var attribute = text(path, argument.getLast());
        return references
                .attribute(resource, attribute)
                .orElseThrow(() ->
                        error(path, "reads " + resource + "." + attribute + ", which the local stack does not know"));
    }

    private String substitute(String path, @Nullable Object argument) {
        if (!(argument instanceof List<?>)) {
            return substitute(path, text(path, argument), Map.of());
        }
        var parts = list(path, "Fn::Sub", 2, argument);
        if (parts.getLast() instanceof Map<?, ?> variables) {
            return substitute(path, text(path, parts.getFirst()), variables);
        }
        throw error(path, "must give Fn::Sub a map of what to put in");
    }

    /// @param variables values by name, which come before the template's own
    private String substitute(String path, String text, Map<?, ?> variables) {
        return PLACEHOLDER.matcher(text).replaceAll(match -> {
            var name = match.group(1);
            if (name.startsWith("!")) {
                return Matcher.quoteReplacement("${" + name.substring(1) + "}");
            }
            if (variables.containsKey(name)) {
                return Matcher.quoteReplacement(text(path, evaluate(path, variables.get(name))));
            }
            var isAttribute = name.contains(".") && references.ref(name).isEmpty();
            return Matcher.quoteReplacement(
                    isAttribute ? attribute(path, List.of(name.split("\\.", 2))) : reference(path, name));
        });
    }

    private @Nullable Object choose(String path, List<?> argument) {
        return evaluate(path, argument.get(holds(path, text(path, argument.getFirst())) ? 1 : 2));
    }

    private static List<?> list(String path, String function, int size, @Nullable Object value) {
        if (value instanceof List<?> list && list.size() == size) {
            return list;
        }
        throw error(path, "must give " + function + " a list of " + size);
    }

    private static String text(String path, @Nullable Object value) {
        return switch (value) {
            case String s -> s;
            case Number n -> n.toString();
            case Boolean b -> b.toString();
            case null, default -> throw error(path, "calls a function with what must be text: " + value);
        };
    }

    private static TemplateException error(String path, String problem) {
        return new TemplateException(path + " " + problem + ".");
    }
}
