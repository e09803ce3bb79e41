package dev.overplane.crm.local.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PolicyTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @ParameterizedTest(name = "{0} and {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            {"Effect":"Allow","Action":"execute-api:Invoke","Resource":"arn:x/v1/*"}                | {"Effect":"Allow","Action":"*","Resource":"none"}            | true
            {"Effect":"Allow","Action":"execute-api:Invoke","Resource":"arn:x/v1/GET/things"}       | {"Effect":"Allow","Action":"*","Resource":"none"}            | true
            {"Effect":"Allow","Action":"execute-api:*","Resource":["none","arn:x/v?/GET/th?ngs"]}   | {"Effect":"Deny","Action":"*","Resource":"none"}             | true
            {"Effect":"Allow","Action":["EXECUTE-API:INVOKE"],"Resource":"*"}                       | {"Effect":"Deny","Action":"*","Resource":"arn:x/v1/POST/*"}  | true
            {"Effect":"Allow","Action":"execute-api:Invoke","Resource":"*"}                         | {"Effect":"Deny","Action":"*","Resource":"arn:x/v1/GET/*"}   | false
            {"Effect":"Allow","Action":"execute-api:Invoke","Resource":"arn:x/v1/GET/thing"}        | {"Effect":"Allow","Action":"*","Resource":"none"}            | false
            {"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}                               | {"Effect":"Allow","Action":"*","Resource":"none"}            | false
            {"Effect":"Allow","Action":"*","Resource":"arn.x/v1/GET/things"}                        | {"Effect":"Allow","Action":"*","Resource":"none"}            | false
            """)
    void a_call_is_allowed_by_an_allow_unless_a_deny_covers_it(String one, String other, boolean allowed)
            throws IOException {
        var policy = parse("{\"principalId\":\"p\",\"policyDocument\":{\"Statement\":[" + one + "," + other + "]}}")
                .orElseThrow();
        assertEquals(allowed, policy.allows("arn:x/v1/GET/things"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "null",
                "{}",
                "\"text\"",
                "{\"principalId\":\"p\"}",
                "{\"principalId\":1,\"policyDocument\":{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}}}",
                "{\"principalId\":\"p\",\"policyDocument\":{\"Statement\":[]}}",
                "{\"principalId\":\"p\",\"policyDocument\":{\"Statement\":{\"Effect\":\"allow\",\"Action\":\"*\",\"Resource\":\"*\"}}}",
                "{\"principalId\":\"p\",\"policyDocument\":{\"Statement\":{\"Effect\":\"Allow\",\"Resource\":\"*\"}}}",
                "{\"principalId\":\"p\",\"policyDocument\":{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\"}}}",
                "{\"principalId\":\"p\",\"policyDocument\":{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}},\"context\":[]}",
                "{\"principalId\":\"p\",\"policyDocument\":{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}},\"context\":\"x\"}"
            })
    void any_other_response_is_no_policy(String response) throws IOException {
        assertEquals(Optional.empty(), parse(response));
    }

    private static Optional<Policy> parse(String response) throws IOException {
        return Policy.parse(JSON.readTree(response));
    }
}
