package dev.overplane.crm.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.overplane.crm.local.http.TestClient;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What precedes the route in `requestContext.path`: the stage on AWS's own host, the base path on a domain of one's
/// own, and nothing on a domain without one. The local gateway has no domains, so the functions get events that have.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DomainTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String ROUTE = "/api/crm/market-segment";

    private static LocalStack stack;

    @BeforeAll
    static void start() {
        stack = LocalStack.start(LocalStackConfig.inMemory());
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1", "/crm", "/crm.v1", ""})
    void location_and_link_name_the_path_that_the_client_called(String before) throws Exception {
        for (int i = 0; i < 2; i++) {
            var created = invoke("CreateMarketSegmentFunction", "create-market-segment.json", before, false);
            var id = JSON.readTree(created.path("body").asText()).path("id").asText();
            assertEquals(before + ROUTE + "/" + id, header(created, "Location"));
        }
        var listed = invoke("ListMarketSegmentsFunction", "list-market-segments.json", before, true);
        var link = header(listed, "Link");
        assertTrue(link.startsWith("<" + before + ROUTE + "?"), link);
    }

    /// @param limit whether to ask for one object, so that there is a next page
    private static JsonNode invoke(String function, String sample, String before, boolean limit) throws Exception {
        var event = (ObjectNode) JSON.readTree(Files.readString(Path.of("..", "events", sample)));
        event.put("path", before + ROUTE);
        ((ObjectNode) event.path("requestContext")).put("path", before + ROUTE);
        if (limit) {
            event.putObject("multiValueQueryStringParameters").putArray("limit").add("1");
        }
        return JSON.readTree(new TestClient(stack.lambdaUrl())
                .invoke(function, event.toString())
                .body());
    }

    private static String header(JsonNode response, String name) {
        var single = response.path("headers").path(name);
        return single.isTextual()
                ? single.asText()
                : response.path("multiValueHeaders").path(name).path(0).asText();
    }
}
