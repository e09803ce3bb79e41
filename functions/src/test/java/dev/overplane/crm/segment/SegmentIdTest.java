package dev.overplane.crm.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.account.AccountId;
import dev.overplane.crm.account.Tenant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SegmentIdTest {

    private static final Tenant TENANT = new Tenant(new AccountId("acct_1"), false);
    private static final Position POSITION = new Position(70_000, new Timestamp(1_800_000_000_123_456L));

    private final Random random = new Random(1);

    @Test
    void an_id_tells_the_position_it_was_issued_for() {
        SegmentId id = SegmentId.issue(TENANT, POSITION, random);
        assertEquals(POSITION, id.position());
        assertEquals(Optional.of(id), SegmentId.parse(id.value()));
        assertEquals(id.value(), id.toString());
        assertTrue(id.value().matches("market-segment_[0-9a-z]{36}"), id.value());
    }

    @Test
    void positions_at_their_bounds_fit() {
        var last = new Position((1L << 25) - 1, new Timestamp((1L << 55) - 1));
        assertEquals(last, SegmentId.issue(TENANT, last, random).position());
    }

    @Test
    void ids_sort_by_page_and_then_by_time() {
        List<SegmentId> issued = IntStream.range(0, 200)
                .mapToObj(i -> SegmentId.issue(TENANT, new Position(i / 10, new Timestamp(1_000 + i)), random))
                .toList();
        assertEquals(issued, issued.reversed().stream().sorted().toList());
    }

    @Test
    void an_id_is_known_as_one_of_its_tenant_and_of_no_other() {
        SegmentId id = SegmentId.issue(TENANT, POSITION, random);
        assertTrue(id.issuedTo(TENANT));
        assertFalse(id.issuedTo(new Tenant(TENANT.account(), true)));
        assertFalse(id.issuedTo(new Tenant(new AccountId("acct_2"), false)));
    }

    @Test
    void a_mistyped_id_is_known_as_one_of_nobody() {
        String id = SegmentId.issue(TENANT, POSITION, random).value();
        String mistyped = id.substring(0, 30) + (id.charAt(30) == 'a' ? 'b' : 'a') + id.substring(31);
        assertFalse(SegmentId.parse(mistyped).orElseThrow().issuedTo(TENANT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "market-segment_",
                "market-segment_abc123",
                "market-segment_00000000000000000000000000000000000I",
                "market-segment_0000000000000000000000000000000000000",
                "market-segment-000000000000000000000000000000000000",
                "#"
            })
    void what_has_not_the_form_of_an_id_is_none(String text) {
        assertEquals(Optional.empty(), SegmentId.parse(text));
    }
}
