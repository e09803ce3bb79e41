package dev.overplane.crm.local.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A value of the template with the path that leads to it, so that an error can say where.
record Node(String path, @Nullable Object value) {

    Node at(String key) {
        return new Node(below(key), value == null ? null : map().get(key));
    }

    boolean present() {
        return value != null;
    }

    /// Its members; none when it is absent.
    Map<String, Node> members() {
        var members = new LinkedHashMap<String, Node>();
        map().forEach((key, member) -> members.put(key.toString(), new Node(below(key.toString()), member)));
        return members;
    }

    /// Its elements; none when it is absent.
    List<Node> elements() {
        return switch (value) {
            case null -> List.of();
            case List<?> list ->
                list.stream().map(element -> new Node(path, element)).toList();
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

    int number(int otherwise) {
        var text = optionalText();
        try {
            return text.isEmpty() ? otherwise : Integer.parseInt(text.get());
        } catch (NumberFormatException e) {
            throw error("must be a whole number");
        }
    }

    TemplateException error(String problem) {
        return new TemplateException(path + " " + problem + ".");
    }

    private String below(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private Map<?, ?> map() {
        return switch (value) {
            case null -> Map.of();
            case Map<?, ?> map -> map;
            default -> throw error("must be a map");
        };
    }
}
