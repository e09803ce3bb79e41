package dev.overplane.crm.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.overplane.crm.testing.Call;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A function that creates for a tenant which has ten thousand objects from others.
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
        othersHaveCreated(PAGES);

        fixture.client().onCollection("POST", "").send().mustBe(201);
        fixture.client().onCollection("POST", "").send().mustBe(201);

        assertEquals(
                List.of("GetItem", "TransactWriteItems", "TransactWriteItems"),
                calls(),
                "one look at the head, and one for each create");
    }

    @Test
    void a_create_whose_page_turned_long_ago_finds_the_newest_at_once() {
        fixture.client().onCollection("POST", "").send().mustBe(201);
        othersHaveCreated(PAGES);

        fixture.client().onCollection("POST", "").send().mustBe(201);

        assertEquals(
                List.of("GetItem", "TransactWriteItems", "TransactWriteItems", "TransactWriteItems"),
                calls(),
                "one more, which tells the newest page");
    }

    /// @param pages full ones
    private void othersHaveCreated(int pages) {
        SegmentItems.putCounter(fixture.account(), "#", Map.of("c", PAGE * pages));
    }

    private List<String> calls() {
        return fixture.proxy().calls().stream().map(Call::label).toList();
    }
}
