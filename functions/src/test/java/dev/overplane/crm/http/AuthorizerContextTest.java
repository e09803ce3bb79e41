package dev.overplane.crm.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.overplane.crm.account.AccountId;
import dev.overplane.crm.account.Caller;
import dev.overplane.crm.account.Scope;
import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.json.Json;
import dev.overplane.crm.json.MalformedJsonException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AuthorizerContextTest {

    /// API Gateway turns every value into a string.
    private static ObjectNode passedOn(Caller caller) throws MalformedJsonException {
        var context = (ObjectNode) Json.ofDepth(1).read(Json.write(json -> AuthorizerContext.write(json, caller)));
        context.fieldNames()
                .forEachRemaining(name -> context.put(name, context.get(name).asText()));
        return context;
    }

    @ParameterizedTest
    @CsvSource({
        "false, READ_WRITE,",
        "false, READ_ONLY, 2030-01-31T23:59:59Z",
        "true, READ_WRITE, 1970-01-01T00:00:00Z",
        "true, READ_ONLY,"
    })
    void a_caller_is_read_as_it_was_written(boolean livemode, Scope scope, @Nullable Instant expiresAt)
            throws MalformedJsonException {
        var caller = new Caller(
                new Tenant(new AccountId("acct_1"), livemode), scope, "key_1", Optional.ofNullable(expiresAt));
        assertEquals(caller, AuthorizerContext.read(passedOn(caller)));
    }

    @ParameterizedTest
    @CsvSource({"account, acme", "account, ''", "scope, admin", "scope, ''", "expires_at, soon", "expires_at, ''"})
    void what_our_authorizer_never_writes_is_refused(String member, String value) throws MalformedJsonException {
        ObjectNode context = passedOn(Requests.CALLER).put(member, value);
        assertThrows(IllegalArgumentException.class, () -> AuthorizerContext.read(context));
    }
}
