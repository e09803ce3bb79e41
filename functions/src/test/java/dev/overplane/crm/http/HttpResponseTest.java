package dev.overplane.crm.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.overplane.crm.json.Json;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HttpResponseTest {

    private static final String REFERENCE = "https://example.com/errors";

    private static Map<String, String> headersOf(String code) {
        return Map.of(
                "Content-Type",
                "application/json; charset=utf-8",
                "Cache-Control",
                "no-store",
                "X-Content-Type-Options",
                "nosniff",
                "Link",
                "<https://example.com/errors#" + code + ">; rel=\"help\"");
    }

    @Test
    void a_response_is_written_as_the_proxy_integration_reads_it() {
        HttpResponse response =
                new HttpResponse(200, Map.of("Content-Type", "application/json; charset=utf-8"), "\"a\"");
        assertEquals("""
                {"statusCode":200,"headers":{"Content-Type":"application/json; charset=utf-8"},"body":"\\"a\\"",\
                "isBase64Encoded":false}""", Json.write(response::writeTo));
    }

    @Test
    void a_header_is_added_to_a_response_and_replaces_one_of_its_name() {
        HttpResponse response = new HttpResponse(200, Map.of(), "");
        assertEquals(new HttpResponse(200, Map.of("A", "1"), ""), response.withHeader("A", "1"));
        assertEquals(
                new HttpResponse(200, Map.of("A", "2"), ""),
                response.withHeader("A", "1").withHeader("A", "2"));
        assertEquals(new HttpResponse(200, Map.of(), ""), response);
    }

    @Test
    void no_copy_of_a_response_is_kept_and_its_type_is_not_guessed() {
        assertEquals(
                new HttpResponse(
                        200,
                        Map.of(
                                "Content-Type",
                                "application/json; charset=utf-8",
                                "Cache-Control",
                                "no-store",
                                "X-Content-Type-Options",
                                "nosniff"),
                        "\"a\""),
                HttpResponse.of(200, json -> json.writeString("a")));
    }

    @Test
    void what_has_an_entity_tag_may_be_kept_by_its_client_and_asked_after() {
        assertEquals(
                new HttpResponse(
                        304,
                        Map.of(
                                "ETag",
                                "\"1\"",
                                "Cache-Control",
                                "private, no-cache",
                                "Vary",
                                "Authorization",
                                "X-Content-Type-Options",
                                "nosniff"),
                        ""),
                HttpResponse.notModified("\"1\""));
    }

    @Test
    void an_error_that_is_the_fault_of_no_parameter_names_none() {
        assertEquals(
                new HttpResponse(413, headersOf("body_too_large"), """
                        {"error":{"type":"invalid_request_error","code":"body_too_large","message":"Less.",\
                        "request_id":"r-1"}}"""),
                HttpResponse.of(new ApiException(ErrorCode.BODY_TOO_LARGE, null, "Less."), "r-1", REFERENCE));
    }

    @Test
    void an_error_names_the_parameter_at_fault() {
        assertEquals(
                new HttpResponse(400, headersOf("parameter_invalid"), """
                        {"error":{"type":"invalid_request_error","code":"parameter_invalid","message":"More.",\
                        "param":"limit","request_id":"r-1"}}"""),
                HttpResponse.of(ApiException.invalid("limit", "More."), "r-1", REFERENCE));
    }

    @ParameterizedTest
    @CsvSource({
        "BODY_INVALID, 400, invalid_request_error, body_invalid",
        "PARAMETER_INVALID, 400, invalid_request_error, parameter_invalid",
        "PARAMETER_UNKNOWN, 400, invalid_request_error, parameter_unknown",
        "PARAMETER_CONFLICT, 400, invalid_request_error, parameter_conflict",
        "API_KEY_INVALID, 401, authentication_error, api_key_invalid",
        "API_KEY_READ_ONLY, 403, permission_error, api_key_read_only",
        "RESOURCE_MISSING, 404, invalid_request_error, resource_missing",
        "IDEMPOTENCY_KEY_IN_USE, 409, idempotency_error, idempotency_key_in_use",
        "PRECONDITION_FAILED, 412, invalid_request_error, precondition_failed",
        "BODY_TOO_LARGE, 413, invalid_request_error, body_too_large",
        "CONTENT_TYPE_UNSUPPORTED, 415, invalid_request_error, content_type_unsupported",
        "IDEMPOTENCY_KEY_REUSED, 422, idempotency_error, idempotency_key_reused",
        "INTERNAL_ERROR, 500, api_error, internal_error",
        "STORE_UNAVAILABLE, 503, api_error, store_unavailable"
    })
    void every_error_has_the_status_the_type_and_the_code_of_the_contract(
            ErrorCode error, int status, String type, String code) {
        assertEquals(status, error.status());
        assertEquals(type, error.type());
        assertEquals(code, error.code());
    }
}
