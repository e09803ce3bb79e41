package dev.overplane.crm.testing.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Compares a response with its description.
final class ResponseCheck {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    /// Of HTTP itself, and those that API Gateway and LocalStack add.
    private static final Set<String> OF_THE_SERVER = Set.of(
            "connection",
            "content-length",
            "content-type",
            "date",
            "server",
            "transfer-encoding",
            "x-amz-apigw-id",
            "x-amzn-requestid",
            "x-amzn-trace-id",
            "x-localstack");

    private static final Set<String> WITH_SEVERAL_MESSAGES =
            Set.of("body_invalid", "parameter_invalid", "parameter_unknown", "store_unavailable");

    private final JsonNode document;
    private final Schemas schemas;
    private final Exchange exchange;

    ResponseCheck(JsonNode document, Schemas schemas, Exchange exchange) {
        this.document = document;
        this.schemas = schemas;
        this.exchange = exchange;
    }

    void check(String response, List<String> problems) {
        checkHeaders(response + "/headers", problems);
        if (!exchange.method().equals("HEAD")) {
            checkBody(response + "/content", problems);
        }
    }

    private void checkHeaders(String pointer, List<String> problems) {
        var described = document.at(pointer);
        for (var header : described.properties()) {
            var name = header.getKey();
            var definition = ApiDescription.resolve(document, pointer + "/" + ApiDescription.escape(name));
            var value = exchange.responseHeader(name);
            if (value.isEmpty() && document.at(definition).path("required").asBoolean()) {
                problems.add("the header " + name + " is missing");
            }
            value.ifPresent(text -> schemas.checkText(definition + "/schema", text)
                    .forEach(problem -> problems.add("the header " + name + ": " + problem)));
        }
        var names = described.properties().stream()
                .map(header -> header.getKey().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        exchange.responseHeaders().keySet().stream()
                .filter(name -> !OF_THE_SERVER.contains(name) && !names.contains(name))
                .forEach(name -> problems.add("the header " + name + " is not described"));
    }

    private void checkBody(String pointer, List<String> problems) {
        var content = document.at(pointer);
        if (content.isMissingNode()) {
            if (!exchange.responseBody().isEmpty()) {
                problems.add("there is a body, and none is described");
            }
            return;
        }
        var type = exchange.responseHeader("Content-Type").orElse("").replaceAll(";.*", "");
        if (!content.has(type)) {
            problems.add("the content type " + type + " is not described");
            return;
        }
        var media = pointer + "/" + ApiDescription.escape(type);
        JsonNode body;
        try {
            body = JSON.readTree(exchange.responseBody());
        } catch (JsonProcessingException e) {
            problems.add("the body is not JSON");
            return;
        }
        schemas.check(media + "/schema", body).forEach(problem -> problems.add("the body: " + problem));
        if (exchange.status() >= 400) {
            checkError(body.path("error"), document.at(media).path("examples"), problems);
        }
    }

    /// Each code has an example of its name, which is an answer as it is given.
    private static void checkError(JsonNode error, JsonNode examples, List<String> problems) {
        var code = error.path("code").asText();
        var example = examples.path(code).path("value").path("error");
        if (example.isMissingNode()) {
            problems.add("the code " + code + " is not among the examples of this response");
        } else if (!example.path("type").equals(error.path("type"))) {
            problems.add("the example of " + code + " has another type");
        } else if (!WITH_SEVERAL_MESSAGES.contains(code)
                && !example.path("message").equals(error.path("message"))) {
            problems.add("the example of " + code + " has another message");
        }
    }
}
