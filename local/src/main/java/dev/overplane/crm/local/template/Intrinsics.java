package dev.overplane.crm.local.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Resolves CloudFormation's intrinsic functions in a value. One that is unknown here is an error, never passed
/// through.
final class Intrinsics {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]+)}");

    /// In place of a value that `AWS::NoValue` removes from the map or list that holds it.
    static final Object NO_VALUE = new Object();

    private final Scope scope;

    Intrinsics(Scope scope) {
        this.scope = scope;
    }

    @Nullable
    Object resolve(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> call(map).orElseGet(() -> resolveMap(map));
            case List<?> list -> resolveList(list);
            case null, default -> value;
        };
    }

    private Optional<Object> call(Map<?, ?> map) {
        if (map.size() != 1) {
            return Optional.empty();
        }
        var entry = map.entrySet().iterator().next();
        var argument = entry.getValue();
        return switch (entry.getKey().toString()) {
            case "Ref" -> Optional.of(ref(text(argument, "Ref")));
            case "Fn::Sub" -> Optional.of(sub(argument));
            case "Fn::GetAtt" -> Optional.of(attribute(texts(argument, "Fn::GetAtt")));
            case "Fn::Join" -> Optional.of(join(list(argument, "Fn::Join", 2)));
            case "Fn::Split" -> Optional.of(split(list(argument, "Fn::Split", 2)));
            case "Fn::Select" -> Optional.of(select(list(argument, "Fn::Select", 2)));
            case "Fn::If" -> Optional.of(choose(list(argument, "Fn::If", 3)));
            case String name
            when name.startsWith("Fn::") ->
                throw new TemplateException("the function " + name + " is not known to the local stack.");
            default -> Optional.empty();
        };
    }

    private Object ref(String name) {
        return name.equals("AWS::NoValue")
                ? NO_VALUE
                : scope.ref(name).orElseThrow(() -> new TemplateException("!Ref " + name + " refers to nothing."));
    }

    private Object attribute(List<String> path) {
        if (path.size() != 2) {
            throw new TemplateException("Fn::GetAtt takes a resource and an attribute, not " + path + ".");
        }
        return scope.attribute(path.getFirst(), path.getLast())
                .orElseThrow(() -> new TemplateException(
                        "!GetAtt " + String.join(".", path) + " is not known to the local stack."));
    }

    private String sub(@Nullable Object argument) {
        var own = Map.<String, Object>of();
        var text = argument;
        if (argument instanceof List<?>) {
            var parts = list(argument, "Fn::Sub", 2);
            text = parts.getFirst();
            own = parts.getLast() instanceof Map<?, ?> variables ? resolveMap(variables) : own;
        }
        var variables = own;
        return PLACEHOLDER.matcher(text(text, "Fn::Sub")).replaceAll(match -> {
            var name = match.group(1).strip();
            var value = name.startsWith("!") ? "${" + name.substring(1) + "}" : variables.get(name);
            if (value == null) {
                value = name.contains(".") ? attribute(List.of(name.split("\\.", 2))) : ref(name);
            }
            return Matcher.quoteReplacement(text(value, "${" + name + "}"));
        });
    }

    private String join(List<?> argument) {
        var parts = resolve(argument.getLast());
        return texts(parts, "Fn::Join").stream().collect(Collectors.joining(text(argument.getFirst(), "Fn::Join")));
    }

    private List<String> split(List<?> argument) {
        var separator = Pattern.quote(text(argument.getFirst(), "Fn::Split"));
        return List.of(text(resolve(argument.getLast()), "Fn::Split").split(separator, -1));
    }

    private Object select(List<?> argument) {
        var choices = resolve(argument.getLast());
        var index = text(resolve(argument.getFirst()), "Fn::Select");
        if (choices instanceof List<?> list && index.matches("\\d{1,4}") && Integer.parseInt(index) < list.size()) {
            return list.get(Integer.parseInt(index));
        }
        throw new TemplateException("Fn::Select cannot take " + index + " of " + choices + ".");
    }

    private Object choose(List<?> argument) {
        var chosen = resolve(argument.get(condition(text(argument.getFirst(), "Fn::If")) ? 1 : 2));
        return chosen == null ? NO_VALUE : chosen;
    }

    /// Whether a named condition holds.
    boolean condition(String name) {
        var condition = scope.conditions().get(name);
        if (condition == null) {
            throw new TemplateException("there is no condition " + name + ".");
        }
        return holds(condition);
    }

    private boolean holds(@Nullable Object condition) {
        if (condition instanceof Map<?, ?> map && map.size() == 1) {
            var entry = map.entrySet().iterator().next();
            return switch (entry.getKey().toString()) {
                case "Condition" -> condition(text(entry.getValue(), "Condition"));
                case "Fn::Equals" -> {
                    var sides = list(entry.getValue(), "Fn::Equals", 2);
                    yield text(resolve(sides.getFirst()), "Fn::Equals")
                            .equals(text(resolve(sides.getLast()), "Fn::Equals"));
                }
                case "Fn::Not" -> !holds(list(entry.getValue(), "Fn::Not", 1).getFirst());
                case "Fn::And" -> list(entry.getValue(), "Fn::And", -1).stream().allMatch(this::holds);
                case "Fn::Or" -> list(entry.getValue(), "Fn::Or", -1).stream().anyMatch(this::holds);
                default ->
                    throw new TemplateException(
                            "the condition " + entry.getKey() + " is not known to the local stack.");
            };
        }
        throw new TemplateException("a condition cannot be " + condition + ".");
    }

    private Map<String, Object> resolveMap(Map<?, ?> map) {
        var resolved = new LinkedHashMap<String, Object>();
        map.forEach((key, value) -> {
            var result = resolve(value);
            if (result != null && result != NO_VALUE) {
                resolved.put(key.toString(), result);
            }
        });
        return resolved;
    }

    private List<Object> resolveList(List<?> list) {
        var resolved = new ArrayList<Object>();
        for (var element : list) {
            var result = resolve(element);
            if (result != null && result != NO_VALUE) {
                resolved.add(result);
            }
        }
        return resolved;
    }

    private static List<?> list(@Nullable Object value, String where, int size) {
        if (value instanceof List<?> list && (size < 0 || list.size() == size)) {
            return list;
        }
        throw new TemplateException(where + " takes a list" + (size < 0 ? "" : " of " + size) + ", not " + value + ".");
    }

    private List<String> texts(@Nullable Object value, String where) {
        return list(value, where, -1).stream()
                .map(element -> text(resolve(element), where))
                .toList();
    }

    private static String text(@Nullable Object value, String where) {
        return switch (value) {
            case String s -> s;
            case Number n -> n.toString();
            case Boolean b -> b.toString();
            case null, default -> throw new TemplateException(where + " takes text, not " + value + ".");
        };
    }
}
