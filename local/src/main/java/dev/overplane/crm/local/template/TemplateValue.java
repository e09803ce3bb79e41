package dev.overplane.crm.local.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A value of the template, after its intrinsic function, with the path to it for error messages.
///
/// Values below it are evaluated when they are read, so whatever the local stack does not read may hold any
/// function.
///
/// @param value null if the template has none, or if it is `AWS::NoValue`
record TemplateValue(String path, @Nullable Object value, Intrinsics intrinsics) {

    TemplateValue {
        value = intrinsics.evaluate(path, value);
    }

    TemplateValue at(String key) {
        return below(key, map().get(key));
    }

    boolean isPresent() {
        return value != null;
    }

    boolean isList() {
        return value instanceof List<?>;
    }

    boolean isMap() {
        return value instanceof Map<?, ?>;
    }

    /// Returns the members that are present, in the template's order; none if this value is absent.
    Map<String, TemplateValue> members() {
        var members = new LinkedHashMap<String, TemplateValue>();
        map().forEach((key, member) -> members.put(key.toString(), below(key.toString(), member)));
        members.values().removeIf(member -> !member.isPresent());
        return members;
    }

    /// Returns the members that are present, each of which must be text; none if this value is absent.
    Map<String, String> texts() {
        var texts = new LinkedHashMap<String, String>();
        members().forEach((name, member) -> texts.put(name, member.text()));
        return texts;
    }

    /// Returns the elements that are present; none if this value is absent.
    List<TemplateValue> elements() {
        return switch (value) {
            case null -> List.of();
            case List<?> list ->
                list.stream()
                        .map(element -> new TemplateValue(path, element, intrinsics))
                        .filter(TemplateValue::isPresent)
                        .toList();
            default -> throw error("must be a list");
        };
    }

    String text() {
        return optionalText().orElseThrow(() -> error("is missing"));
    }

    Optional<String> optionalText() {
        return switch (value) {
            case null -> Optional.empty();
            case String s -> Optional.of(s);
            case Number n -> Optional.of(n.toString());
            case Boolean b -> Optional.of(b.toString());
            default -> throw error("must be text");
        };
    }

    Optional<Integer> optionalNumber() {
        try {
            return optionalText().map(Integer::valueOf);
        } catch (NumberFormatException e) {
            throw error("must be a whole number");
        }
    }

    TemplateException error(String problem) {
        return new TemplateException(path + " " + problem + ".");
    }

    private TemplateValue below(String key, @Nullable Object member) {
        return new TemplateValue(path.isEmpty() ? key : path + "." + key, member, intrinsics);
    }

    private Map<?, ?> map() {
        return switch (value) {
            case null -> Map.of();
            case Map<?, ?> map -> map;
            default -> throw error("must be a map");
        };
    }
}
