package dev.overplane.crm.function;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.overplane.crm.account.AccountId;
import dev.overplane.crm.account.Caller;
import dev.overplane.crm.account.Scope;
import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.json.Json;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AuthorizerResponseTest {

    @Test
    void a_good_key_is_allowed_and_its_caller_is_the_context() {
        var caller = new Caller(
                new Tenant(new AccountId("acct_1"), true),
                Scope.READ_ONLY,
                "key_1",
                Optional.of(Instant.ofEpochSecond(1_900_000_000)));
        assertEquals("""
                {"principalId":"key_1",\
                "policyDocument":{"Version":"2012-10-17","Statement":[\
                {"Action":"execute-api:Invoke","Effect":"Allow","Resource":"arn:api/*"}]},\
                "context":{"account":"acct_1","livemode":true,"scope":"read_only","key_id":"key_1","expires_at":1900000000}}""", Json.write(new AuthorizerResponse("arn:api/*", Optional.of(caller))::writeTo));
    }

    @Test
    void any_other_request_is_denied_without_a_context() {
        assertEquals("""
                {"principalId":"anonymous",\
                "policyDocument":{"Version":"2012-10-17","Statement":[\
                {"Action":"execute-api:Invoke","Effect":"Deny","Resource":"arn:api/*"}]}}""", Json.write(new AuthorizerResponse("arn:api/*", Optional.empty())::writeTo));
    }
}
