package dev.overplane.crm.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.overplane.crm.testing.client.ApiError;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FunctionsTest {

    @Test
    void a_function_may_do_what_its_policies_allow_and_no_more_behind_a_proxy_too() {
        try (var proxy = FaultProxy.before(TestTables.shared().url())) {
            Map<String, String> environment = TestTables.environment(proxy.url());
            var client = new Functions(environment).client("acct_policies");
            String id = client.create().id();
            client.retrieve(id).mustBe(200);

            var elsewhere = new HashMap<>(environment);
            elsewhere.put("SEGMENTS_TABLE", TestTables.shared().name("IDEMPOTENCY_TABLE"));
            new Functions(elsewhere).client("acct_policies").retrieve(id).mustBe(ApiError.internalError());

            JsonNode answer = proxy.exchanges().getLast().answer();
            assertEquals(
                    "com.amazon.coral.service#AccessDeniedException",
                    answer.path("__type").asText(),
                    answer::toString);
            assertTrue(
                    answer.path("Message").asText().contains("/RetrieveMarketSegmentFunction is not authorized"),
                    answer::toString);
        }
    }
}
