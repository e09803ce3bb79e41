package dev.overplane.crm.testing.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Compares a request that has succeeded with its description: what the API takes is described.
final class RequestCheck {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JsonNode document;
    private final Schemas schemas;
    private final Exchange exchange;

    RequestCheck(JsonNode document, Schemas schemas, Exchange exchange) {
        this.document = document;
        this.schemas = schemas;
        this.exchange = exchange;
    }

    void check(String pathItem, String operation, List<String> problems) {
        var query = query();
        for (var pointer : parameters(pathItem, operation)) {
            var parameter = document.at(pointer);
            var name = parameter.path("name").asText();
            var value = switch (parameter.path("in").asText()) {
                case "query" -> query.remove(name);
                case "header" -> exchange.requestHeader(name).orElse(null);
                default -> null;
            };
            if (value != null) {
                schemas.checkText(pointer + "/schema", value)
                        .forEach(problem -> problems.add("the parameter " + name + ": " + problem));
            }
        }
        query.keySet().forEach(name -> problems.add("the query parameter " + name + " is not described"));
        checkBody(operation + "/requestBody", problems);
    }

    private List<String> parameters(String... owners) {
        var pointers = new ArrayList<String>();
        for (var owner : owners) {
            for (var index = 0; index < document.at(owner + "/parameters").size(); index++) {
                pointers.add(ApiDescription.resolve(document, owner + "/parameters/" + index));
            }
        }
        return pointers;
    }

    private Map<String, String> query() {
        var query = new LinkedHashMap<String, String>();
        for (var pair : exchange.query().split("&")) {
            if (!pair.isEmpty()) {
                var parts = pair.split("=", 2);
                query.put(decode(parts[0]), parts.length > 1 ? decode(parts[1]) : "");
            }
        }
        return query;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /// An operation without a described body ignores what is sent.
    private void checkBody(String pointer, List<String> problems) {
        var description = document.at(pointer);
        var body = exchange.requestBody();
        if (description.isMissingNode()) {
            return;
        }
        if (body.isEmpty()) {
            if (description.path("required").asBoolean()) {
                problems.add("a body is required by the description alone");
            }
            return;
        }
        try {
            schemas.check(pointer + "/content/application~1json/schema", JSON.readTree(body))
                    .forEach(problem -> problems.add("the request's body: " + problem));
        } catch (JsonProcessingException e) {
            problems.add("the request's body is not JSON");
        }
    }
}
