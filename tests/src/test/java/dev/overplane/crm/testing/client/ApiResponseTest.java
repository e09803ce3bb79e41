package dev.overplane.crm.testing.client;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.http.HttpHeaders;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiResponseTest {

    private static final String ERROR = """
            {"error":{"type":"api_error","code":"store_unavailable","message":"Try again.","request_id":"r-1"}}""";
    private static final String HEADERS =
            "Content-Type: application/json; charset=utf-8|Request-Id: r-1|Retry-After: 1|WWW-Authenticate: Bearer";

    private static ApiResponse response(int status, String headers, String text) {
        var fields = new TreeMap<String, List<String>>();
        for (String field : headers.split("\\|")) {
            fields.put(field.split(": ")[0], List.of(field.split(": ")[1]));
        }
        return new ApiResponse("GET", status, HttpHeaders.of(fields, (_, _) -> true), text);
    }

    @Test
    void passes_with_the_whole_envelope() {
        response(503, HEADERS, ERROR).mustBeWellFormed();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"type\":\"api_error\",; ''",
                "\"code\":\"store_unavailable\",; ''",
                "\"message\":\"Try again.\",; ''",
                ",\"request_id\":\"r-1\"; ''",
                "r-1; r-2",
                "api_error; invalid_request_error",
                "store_unavailable; unavailable",
                "store_unavailable; internal_error",
                "\"Try again.\"; 5",
                "Try again.; Try again",
                "Try again.; Try again. Or not.",
                "Try again.; java.lang.Error was thrown.",
                "Try again.; A NullPointerException was thrown.",
                "{\"error\"; {\"x\":1,\"error\"",
                "\"code\"; \"codes\":\"x\",\"code\"",
                "{\"error\"; <p>{\"error\"",
            })
    void fails_with_an_envelope_that_differs(String part, String replacement) {
        var response = response(503, HEADERS, ERROR.replace(part, replacement));
        assertThrows(AssertionError.class, response::mustBeWellFormed);
    }

    @ParameterizedTest
    @CsvSource({
        "503, Request-Id: r-1|",
        "503, |Retry-After: 1",
        "503, ; charset=utf-8",
        "401, |WWW-Authenticate: Bearer",
        "500, store_unavailable belongs to 503",
    })
    void fails_without_a_header_or_with_another_status(int status, String missing) {
        var text = status == 401
                ? ERROR.replace("api_error", "authentication_error").replace("store_unavailable", "api_key_invalid")
                : ERROR;
        var response = response(status, HEADERS.replace(missing, ""), text);
        assertThrows(AssertionError.class, response::mustBeWellFormed);
    }
}
