package dev.overplane.crm.contract;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Tables of what the API must refuse, by title. Titles are plain ASCII, since they appear in test reports.
final class Malformed {

    private Malformed() {}

    /// Bodies that are not a JSON object, or break the rules of its form: all `body_invalid`.
    static Map<String, String> bodies() {
        var bodies = new LinkedHashMap<String, String>();
        bodies.put("a word", "segment");
        bodies.put("white space only", "  \n\t ");
        bodies.put("form fields", "market_segment=Retail");
        bodies.put("XML", "<market_segment>Retail</market_segment>");
        bodies.put("null", "null");
        bodies.put("a number", "5");
        bodies.put("true", "true");
        bodies.put("a string", "\"Retail\"");
        bodies.put("an empty array", "[]");
        bodies.put("an object in an array", "[{\"market_segment\":\"Retail\"}]");
        bodies.put("an opening brace", "{");
        bodies.put("a closing brace", "}");
        bodies.put("an object cut off after a name", "{\"market_segment\"");
        bodies.put("an object cut off in a string", "{\"market_segment\":\"Ret");
        bodies.put("an object cut off before its end", "{\"market_segment\":\"Retail\"");
        bodies.put("a comma before the end", "{\"market_segment\":\"Retail\",}");
        bodies.put("a comma before the first member", "{,\"market_segment\":\"Retail\"}");
        bodies.put("a member without a value", "{\"market_segment\":}");
        bodies.put("a member without a colon", "{\"market_segment\" \"Retail\"}");
        bodies.put("a word after the object", "{\"market_segment\":\"Retail\"} x");
        bodies.put("a brace after the object", "{\"market_segment\":\"Retail\"}}");
        bodies.put("two objects", "{}{}");
        bodies.put("single quotes", "{'market_segment':'Retail'}");
        bodies.put("a name without quotes", "{market_segment:\"Retail\"}");
        bodies.put("a value without quotes", "{\"market_segment\":Retail}");
        bodies.put("a line comment", "{\"market_segment\":\"Retail\"} // comment");
        bodies.put("a block comment", "{/* comment */\"market_segment\":\"Retail\"}");
        bodies.put("a hash comment", "# comment\n{\"market_segment\":\"Retail\"}");
        bodies.put("NaN", "{\"market_segment\":NaN}");
        bodies.put("Infinity", "{\"market_segment\":Infinity}");
        bodies.put("minus Infinity", "{\"market_segment\":-Infinity}");
        bodies.put("undefined", "{\"market_segment\":undefined}");
        bodies.put("True with a capital", "{\"market_segment\":True}");
        bodies.put("a number with a leading zero", "{\"market_segment\":01}");
        bodies.put("a number with a plus sign", "{\"market_segment\":+1}");
        bodies.put("a number that begins with a point", "{\"market_segment\":.5}");
        bodies.put("a number that ends with a point", "{\"market_segment\":1.}");
        bodies.put("a hexadecimal number", "{\"market_segment\":0x1F}");
        bodies.put("a line feed in a string", "{\"market_segment\":\"a\nb\"}");
        bodies.put("a tab in a string", "{\"market_segment\":\"a\tb\"}");
        bodies.put("an unknown escape", "{\"market_segment\":\"\\x41\"}");
        bodies.put("a unicode escape cut off", "{\"market_segment\":\"\\u00\"}");
        bodies.put("a byte order mark", "\ufeff{\"market_segment\":\"Retail\"}");
        bodies.put("a duplicate member", "{\"market_segment\":\"a\",\"market_segment\":\"a\"}");
        bodies.put("a duplicate member by an escape", "{\"market_segment\":\"a\",\"market_\\u0073egment\":\"b\"}");
        bodies.put("a duplicate unknown member", "{\"x\":1,\"x\":1}");
        bodies.put("a duplicate member within a member", "{\"market_segment\":{\"a\":1,\"a\":2}}");
        bodies.put("a duplicate member within an array", "{\"market_segment\":[{\"a\":1,\"a\":2}]}");
        bodies.put("nine levels of arrays", nested("[", 9, "]"));
        bodies.put("nine levels of objects", nested("{\"a\":", 9, "}"));
        bodies.put("a thousand levels", nested("[", 1000, "]"));
        bodies.put("five thousand levels, never closed", "{\"market_segment\":" + "[".repeat(5000));
        return bodies;
    }

    /// @return a body that is so many levels deep, its own braces the first
    static String nested(String open, int levels, String close) {
        return "{\"market_segment\":" + open.repeat(levels - 1) + "1" + close.repeat(levels - 1) + "}";
    }

    /// JSON values that `market_segment` may not have: all `parameter_invalid`.
    static Map<String, String> values() {
        var values = new LinkedHashMap<String, String>();
        values.put("an empty string", "\"\"");
        values.put("a space", "\" \"");
        values.put("several spaces", "\"    \"");
        values.put("an em space", "\"\\u2003\"");
        values.put("an ideographic space", "\"\u3000\"");
        values.put("a no-break space", "\"\\u00a0\"");
        values.put("256 letters", "\"" + "x".repeat(256) + "\"");
        values.put("256 emoji", "\"" + "\ud83d\ude00".repeat(256) + "\"");
        values.put("16,000 letters", "\"" + "x".repeat(16_000) + "\"");
        for (var control :
                List.of("0000", "0001", "0009", "000a", "000d", "001b", "001f", "007f", "0080", "0085", "009f")) {
            values.put("the control character U+" + control, "\"a\\u" + control + "b\"");
        }
        values.put("a delete character as it is", "\"a\u007fb\"");
        values.put("a C1 control character as it is", "\"a\u0085b\"");
        values.put("a short escape for a control character", "\"a\\nb\"");
        values.put("a high surrogate alone", "\"\\ud800\"");
        values.put("a high surrogate before a letter", "\"\\ud83dx\"");
        values.put("a high surrogate at the end", "\"x\\ud83d\"");
        values.put("a low surrogate alone", "\"\\ude00\"");
        values.put("surrogates the wrong way round", "\"\\ude00\\ud83d\"");
        values.put("two high surrogates before a low one", "\"\\ud83d\\ud83d\\ude00\"");
        values.put("zero", "0");
        values.put("a number", "12.5");
        values.put("an enormous number", "1e999999999");
        values.put("a minute number", "1e-999999999");
        values.put("a number beyond any exponent", "1e99999999999");
        values.put("a number of 16,000 digits", "9".repeat(16_000));
        values.put("a fraction of 16,000 digits", "0." + "9".repeat(16_000));
        values.put("true", "true");
        values.put("false", "false");
        values.put("an empty array", "[]");
        values.put("a string in an array", "[\"Retail\"]");
        values.put("an empty object", "{}");
        values.put("a string in an object", "{\"value\":\"Retail\"}");
        values.put("null in an array", "[null]");
        return values;
    }

    /// Members that a body may not have, by their names: all `parameter_unknown`.
    static Map<String, String> members() {
        var members = new LinkedHashMap<String, String>();
        members.put("name", "{\"name\":\"Retail\"}");
        members.put("id", "{\"id\":\"market-segment_abc123\"}");
        members.put("created_at", "{\"created_at\":\"2024-01-15T09:30:00Z\"}");
        members.put("updated_at", "{\"updated_at\":null,\"market_segment\":\"Retail\"}");
        members.put("Market_Segment", "{\"market_segment\":\"Retail\",\"Market_Segment\":\"Retail\"}");
        members.put("marketSegment", "{\"marketSegment\":\"Retail\"}");
        members.put("market-segment", "{\"market-segment\":\"Retail\"}");
        members.put("enormous", "{\"enormous\":1e99999999999}");
        // Names that collide in a hash table: the first is at fault.
        members.put("aB".repeat(10), colliding(640));
        members.put("long", "{\"long\":" + "9".repeat(16_000) + "}");
        members.put("deleted", "{\"deleted\":true}");
        members.put("tenant", "{\"tenant\":\"acct_1\"}");
        members.put("__proto__", "{\"__proto__\":{}}");
        members.put("@class", "{\"@class\":\"java.lang.Runtime\"}");
        return members;
    }

    /// Members that a body may not have, and whose names do not look like names: `parameter_unknown` without a
    /// `param`, for a secret may stand in the wrong place.
    static Map<String, String> unnamedMembers() {
        var members = new LinkedHashMap<String, String>();
        members.put("a space after the name", "{\"market_segment \":\"Retail\"}");
        members.put("an empty name", "{\"\":\"Retail\"}");
        members.put("a control character in a name", "{\"a\\u0000\":\"Retail\"}");
        members.put("half a surrogate pair for a name", "{\"\\ud800\":\"Retail\"}");
        members.put("a key for a name", "{\"sk_test_" + "a1B2c3D4".repeat(5) + "\":\"Retail\"}");
        members.put("a long name", "{\"" + "a".repeat(10_000) + "\":\"Retail\"}");
        return members;
    }

    /// @return an object with so many names of one hash, as Jackson and as Java compute it
    private static String colliding(int count) {
        var body = new StringBuilder("{");
        for (var number = 0; number < count; number++) {
            for (var bit = 9; bit >= 0; bit--) {
                body.append(number == 0 && bit == 9 ? "\"" : bit == 9 ? ",\"" : "");
                body.append((number >> bit & 1) == 0 ? "aB" : "b!");
            }
            body.append("\":1");
        }
        return body.append('}').toString();
    }

    /// Last path segments, percent-encoded, that name no object: all `resource_missing`.
    static Map<String, String> ids() {
        var ids = new LinkedHashMap<String, String>();
        ids.put("the reference's example", "market-segment_abc123");
        ids.put("a prefix alone", "market-segment_");
        ids.put("a prefix without its end", "market-segment");
        ids.put("no prefix", "abc123");
        ids.put("another prefix", "market_segment_abc123");
        ids.put("capital letters", "market-segment_ABC123");
        ids.put("a prefix in capitals", "MARKET-SEGMENT_abc123");
        ids.put("a hyphen", "market-segment_abc-123");
        ids.put("a space", "market-segment_abc%20123");
        ids.put("a space alone", "%20");
        ids.put("a line feed", "market-segment_abc%0A");
        ids.put("Cyrillic letters", "market-segment_%D0%B0%D0%B1%D0%B2");
        ids.put("Arabic digits", "market-segment_%D9%A1%D9%A2%D9%A3");
        ids.put("a thousand letters", "market-segment_" + "a".repeat(1000));
        ids.put("a hash sign", "market-segment_%23head");
        ids.put("an asterisk", "*");
        ids.put("a quotation mark", "%22%22");
        ids.put("an expression", "%24%7Bid%7D");
        ids.put("a line separator", "market-segment_%E2%80%A8");
        ids.put("a key", "sk_test_" + "a1B2c3D4".repeat(5));
        return ids;
    }

    /// Values of `limit`, percent-encoded, that are no integer from 1 to 100.
    static Map<String, String> limits() {
        var limits = integers();
        limits.put("zero", "0");
        limits.put("one too many", "101");
        limits.put("many too many", "2147483648");
        return limits;
    }

    /// Values of `offset`, percent-encoded, that are no integer from 0 to 2^31 - 1.
    static Map<String, String> offsets() {
        var offsets = integers();
        offsets.put("one too many", "2147483648");
        offsets.put("2^32", "4294967296");
        offsets.put("2^63", "9223372036854775808");
        return offsets;
    }

    private static Map<String, String> integers() {
        var values = new LinkedHashMap<String, String>();
        values.put("nothing", "");
        values.put("minus one", "-1");
        values.put("a fraction", "1.5");
        values.put("a whole fraction", "1.0");
        values.put("an exponent", "1e1");
        values.put("a word", "ten");
        values.put("null", "null");
        values.put("a leading space", "%205");
        values.put("a trailing space", "5%20");
        values.put("a plus sign", "%2B5");
        values.put("hexadecimal", "0x10");
        values.put("two numbers", "5,5");
        values.put("an Arabic digit", "%D9%A5");
        values.put("a full-width digit", "%EF%BC%95");
        values.put("a trailing letter", "5x");
        values.put("2^64", "18446744073709551616");
        values.put("forty digits", "9".repeat(40));
        return values;
    }

    /// Values of `starting_after`, percent-encoded, that name no object that was ever listed.
    static Map<String, String> cursors() {
        var cursors = new LinkedHashMap<>(ids());
        cursors.put("nothing", "");
        return cursors;
    }

    /// Values of `Authorization` without any usable key: all `api_key_invalid`.
    static Map<String, String> authorizations() {
        var values = new LinkedHashMap<String, String>();
        values.put("a scheme alone", "Bearer");
        values.put("another scheme", "Basic c2tfdGVzdF94Og==");
        values.put("a digest", "Digest username=\"sk_test_x\"");
        values.put("a word", "secret");
        values.put("no key but a word", "Bearer secret");
        values.put("a test prefix alone", "Bearer sk_test_");
        values.put("a live prefix alone", "Bearer sk_live_");
        values.put("dots for a key", "Bearer sk_test_...");
        values.put("a short key", "Bearer sk_test_" + "a".repeat(31));
        values.put("a key that was never issued", "Bearer sk_test_" + "a1B2c3D4".repeat(5));
        values.put("a live key that was never issued", "Bearer sk_live_" + "a1B2c3D4".repeat(5));
        values.put("a publishable prefix", "Bearer pk_test_" + "a1B2c3D4".repeat(5));
        values.put("an unknown mode", "Bearer sk_prod_" + "a1B2c3D4".repeat(5));
        values.put("a very long key", "Bearer sk_test_" + "a1B2c3D4".repeat(500));
        values.put("a JSON Web Token", "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhY2N0XzEifQ.");
        values.put("a quoted key", "Bearer \"sk_test_" + "a1B2c3D4".repeat(5) + "\"");
        return values;
    }

    /// Values of `Authorization` that hold a good key, in place of `%s`, and are not `Bearer` and the key.
    static List<String> formsOfAuthorization() {
        return List.of(
                "%s",
                "Basic %s",
                "Token %s",
                "Bearer%s",
                "Bearer \"%s\"",
                "Bearer %s x",
                "Bearer x %s",
                "Bearer %sx",
                "Bearer x%s",
                "Bearer Bearer %s",
                "Bearer %s,",
                "Bearer: %s");
    }

    /// Values of `Content-Type` that are not JSON: all `content_type_unsupported`.
    static List<String> contentTypes() {
        return List.of(
                "text/plain",
                "text/json",
                "text/plain; charset=utf-8",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/xml",
                "application/octet-stream",
                "application/jsonp",
                "application/json-patch",
                "application/+json",
                "image/svg+json",
                "json",
                "*/*",
                "text/plain, application/json");
    }

    /// Values of `Idempotency-Key` that are not 1 to 255 visible ASCII characters, bare or in double quotes.
    static Map<String, String> idempotencyKeys() {
        var keys = new LinkedHashMap<String, String>();
        keys.put("nothing", "");
        keys.put("256 characters", "k".repeat(256));
        keys.put("a thousand characters", "k".repeat(1000));
        keys.put("a space within", "a b");
        keys.put("two words", "two words");
        keys.put("a tab within", "a\tb");
        keys.put("a letter beyond ASCII", "caf\u00e9");
        keys.put("a no-break space", "a\u00a0b");
        keys.put("a quotation mark", "\"");
        keys.put("nothing in quotes", "\"\"");
        keys.put("a quotation mark at the begin only", "\"abc");
        keys.put("text after the quotes", "\"abc\"def");
        keys.put("a parameter after the quotes", "\"abc\";a=1");
        keys.put("a bare quotation mark within the quotes", "\"a\"b\"");
        keys.put("a backslash within the quotes that escapes nothing", "\"a\\b\"");
        keys.put("a space within the quotes", "\"a b\"");
        keys.put("256 characters in quotes", "\"" + "k".repeat(256) + "\"");
        return keys;
    }

    /// Values of `If-Match` that are no list of entity tags.
    static List<String> entityTags() {
        return List.of(
                "abc",
                "never",
                "\"abc",
                "abc\"",
                "W/",
                "w/\"abc\"",
                "\"a\" \"b\"",
                "\"a\", b",
                "*, \"a\"",
                ",",
                " , ,",
                "\"1\"" + " ".repeat(7_000) + "x");
    }

    /// Queries of a listing, percent-encoded, with the parameter that comes twice.
    static Map<String, String> repeatedParameters() {
        var queries = new LinkedHashMap<String, String>();
        queries.put("limit=1&limit=2", "limit");
        queries.put("limit=2&limit=2", "limit");
        queries.put("offset=0&limit=2&offset=1", "offset");
        queries.put("starting_after=a&starting_after=b", "starting_after");
        return queries;
    }

    /// Queries of a listing, percent-encoded, with the parameter that it does not know.
    static Map<String, String> unknownParameters() {
        var queries = new LinkedHashMap<String, String>();
        queries.put("page=2", "page");
        queries.put("cursor=x", "cursor");
        queries.put("Limit=5", "Limit");
        queries.put("LIMIT=5", "LIMIT");
        queries.put("limit%5B%5D=5", "limit[]");
        queries.put("limit=5&order=asc", "order");
        queries.put("ending_before=market-segment_abc123", "ending_before");
        queries.put("market_segment=Retail", "market_segment");
        queries.put("api_key=x", "api_key");
        return queries;
    }

    /// Queries of a listing, percent-encoded, with a parameter that it does not know and whose name does not
    /// look like one.
    static List<String> unnamedParameters() {
        return List.of(
                "=5",
                "%20=5",
                "limit%00=5",
                "%FF=5",
                "a".repeat(1_000) + "=5",
                "sk_test_" + "a1B2c3D4".repeat(5) + "=5");
    }
}
