package dev.overplane.crm.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.overplane.crm.testing.Call;
import dev.overplane.crm.testing.TestTables;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A function that has never seen a tenant, and a tenant that has created ten thousand objects.
class LargeTenantTest {

    private static final int PAGE = 256;
    private static final int PAGES = 40;

    private final Fixture fixture = Fixture.with(0);

    @AfterEach
    void close() {
        fixture.close();
    }

    /// Page by page, it would run out of time.
    @Test
    void a_create_finds_its_page_at_once() {
        TestTables.shared()
                .client()
                .putItem(put -> put.tableName(TestTables.shared().name("SEGMENTS_TABLE"))
                        .item(Map.of(
                                "tenant", AttributeValue.fromS(fixture.account() + "/test"),
                                "id", AttributeValue.fromS("#"),
                                "c", AttributeValue.fromN(Integer.toString(PAGE * PAGES)))));

        fixture.client().onCollection("POST", "").send().mustBe(201);
        fixture.client().onCollection("POST", "").send().mustBe(201);

        assertEquals(
                List.of("TransactWriteItems", "TransactWriteItems", "TransactWriteItems"),
                fixture.proxy().calls().stream().map(Call::label).toList(),
                "one in vain, and one for each create");
    }
}
