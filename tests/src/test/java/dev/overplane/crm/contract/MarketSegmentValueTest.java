package dev.overplane.crm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.overplane.crm.testing.client.ApiClient;
import dev.overplane.crm.testing.client.Json;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Contract
@DisplayName("The value of market_segment")
class MarketSegmentValueTest {

    private final Api api;
    private final ApiClient client;

    MarketSegmentValueTest(Api api) {
        this.api = api;
        this.client = api.client();
    }

    static Stream<Arguments> fit() {
        var values = new LinkedHashMap<String, String>();
        values.put("one letter", "x");
        values.put("one emoji", "\ud83d\ude00");
        values.put("255 letters", "x".repeat(255));
        values.put("255 emoji", "\ud83d\ude00".repeat(255));
        values.put("255 combining characters", "\u0301".repeat(255));
        values.put("leading and trailing spaces", "  Retail  ");
        values.put("spaces in a row", "Retail   and   wholesale");
        values.put("mixed case", "rEtAiL");
        values.put("a composed letter", "caf\u00e9");
        values.put("a decomposed letter", "cafe\u0301");
        values.put("a compatibility character", "\ufb01nance \u2460 \u212b");
        values.put(
                "Hebrew and Arabic", "\u05e7\u05de\u05e2\u05d5\u05e0\u05d0\u05d5\u05ea \u062a\u062c\u0632\u0626\u0629");
        values.put("a right-to-left override", "a\u202eb\u202cc");
        values.put("Chinese", "\u96f6\u552e\u4e1a");
        values.put("Turkish dotless and dotted letters", "\u0130\u0131");
        values.put("a line separator", "a\u2028b\u2029c");
        values.put("a no-break space and a zero-width space", "a\u00a0b\u200bc");
        values.put("a family joined by zero-width joiners", "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67");
        values.put("a byte order mark within", "a\ufeffb");
        values.put("a replacement character", "a\ufffdb");
        values.put("noncharacters", "a\ufffe\uffff\ufdd0b");
        values.put("the last code point", "\udbff\udfff");
        values.put("quotation marks and backslashes", "\"a\\b\"/'c'");
        values.put("HTML", "<script>alert('x')</script>&amp;");
        values.put("something like SQL", "'; DROP TABLE segments; --");
        values.put("something like an expression", "${jndi:ldap://x} #{7*7} {{7*7}} %s %n");
        values.put("the word null", "null");
        values.put("a digit", "0");
        // By title: a value may not be fit to be shown.
        return values.entrySet().stream().map(row -> Arguments.argumentSet(row.getKey(), row.getValue()));
    }

    @ParameterizedTest
    @MethodSource("fit")
    void is_kept_exactly_as_sent(String value) {
        var created = client.create(Json.named(value));
        assertEquals(Optional.of(value), created.segment().marketSegment());
        assertEquals(created.text(), client.retrieve(created.id()).mustBe(200).text());
        api.eventually(() -> assertEquals(
                created.segment(), client.listing("?limit=1").data().getFirst()));
        client.update(created.id(), "{\"market_segment\":null}").mustBe(200);
        var updated = client.update(created.id(), Json.named(value)).mustBe(200);
        assertEquals(Optional.of(value), updated.segment().marketSegment());
        assertEquals(updated.text(), client.retrieve(created.id()).text());
    }

    @Test
    void is_the_same_however_it_is_escaped() {
        assertEquals(Optional.of("a/\ud83d\ude00\u00e9"), valueOf("\"\\u0061\\/\\ud83d\\ude00\\u00E9\""));
        assertEquals(Optional.of("a/\ud83d\ude00\u00e9"), valueOf("\"a/\ud83d\ude00\u00e9\""));
    }

    private Optional<String> valueOf(String json) {
        return client.create("{\"market_segment\":" + json + "}").segment().marketSegment();
    }
}
