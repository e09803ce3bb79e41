package dev.overplane.crm.testing.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// `openapi.yaml`. Immutable, and thread-safe.
///
/// Readers of the file must expect further members in a response; a test must not. So every schema with properties is
/// read as if it said `additionalProperties: false`.
public final class ApiDescription {

    private static final String FILE = "openapi.yaml";
    private static final Set<String> METHODS =
            Set.of("get", "head", "post", "put", "patch", "delete", "options", "trace");

    private static final class Holder {
        private static final ApiDescription INSTANCE = new ApiDescription(find());
    }

    private final JsonNode document;
    private final Schemas schemas;

    private ApiDescription(Path file) {
        try {
            document = new YAMLMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        close(document);
        schemas = new Schemas(document);
    }

    /// The file of this project: in the current folder or above it. It is read once.
    public static ApiDescription get() {
        return Holder.INSTANCE;
    }

    /// The whole document.
    public JsonNode document() {
        return document.deepCopy();
    }

    /// Each operation as `GET /path/{id}`.
    public Set<String> operations() {
        var operations = new TreeSet<String>();
        for (var path : document.path("paths").properties()) {
            path.getValue().fieldNames().forEachRemaining(name -> {
                if (METHODS.contains(name)) {
                    operations.add(name.toUpperCase(Locale.ROOT) + " " + path.getKey());
                }
            });
        }
        return operations;
    }

    /// What the description does not allow of an exchange, one sentence each; empty if all is as described.
    ///
    /// A request that succeeds must be as described, and any response.
    public List<String> differences(Exchange exchange) {
        var problems = new ArrayList<String>();
        var path = paths().stream().filter(exchange::isOn).findFirst();
        if (path.isEmpty()) {
            checkResponse(exchange, 404, "/components/responses/RouteUnknown", problems);
            return problems;
        }
        var pathItem = "/paths/" + escape(path.get());
        var operation = pathItem + "/" + exchange.method().toLowerCase(Locale.ROOT);
        if (document.at(operation).isMissingNode()) {
            checkResponse(exchange, 405, "/components/responses/MethodNotAllowed", problems);
            return problems;
        }
        var response = operation + "/responses/" + exchange.status();
        if (document.at(response).isMissingNode()) {
            problems.add("the status " + exchange.status() + " is not described");
        } else {
            checkResponse(exchange, exchange.status(), response, problems);
        }
        if (exchange.status() < 400) {
            new RequestCheck(document, schemas, exchange).check(pathItem, operation, problems);
        }
        return problems;
    }

    private List<String> paths() {
        var paths = new ArrayList<String>();
        document.path("paths").fieldNames().forEachRemaining(paths::add);
        return paths;
    }

    private void checkResponse(Exchange exchange, int status, String pointer, List<String> problems) {
        if (exchange.status() != status) {
            problems.add("the status is " + exchange.status() + ", not " + status);
        }
        new ResponseCheck(document, schemas, exchange).check(resolve(document, pointer), problems);
    }

    /// Follows a `$ref` of anything but a schema.
    static String resolve(JsonNode document, String pointer) {
        return Optional.ofNullable(document.at(pointer).path("$ref").textValue())
                .map(reference -> reference.substring(1))
                .orElse(pointer);
    }

    static String escape(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }

    private static void close(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.path("properties").isObject()
                && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        node.forEach(ApiDescription::close);
    }

    private static Path find() {
        for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve(FILE))) {
                return folder.resolve(FILE);
            }
        }
        throw new IllegalStateException("There is no " + FILE + " in the current folder or above it.");
    }
}
