package dev.overplane.crm.function;

import dev.overplane.crm.key.ApiKey;
import java.util.Base64;
import java.util.List;

/// What the authorizer is primed with.
final class AuthorizerRehearsal {

    /// Nobody's: the part that makes a key a secret is all zeros.
    static final String KEY = "sk_test_000000000000000000000000000000000000000000004k6zQ2";

    private AuthorizerRehearsal() {}

    /// Accepts a key and records its use, and refuses one that is mistyped.
    static Rehearsal authorize() {
        String hash = Base64.getEncoder()
                .encodeToString(ApiKey.parse(KEY).orElseThrow().hash());
        String item = """
                {"id":{"S":"key_0000000000000000"},"hash":{"B":"%s"},"account":{"S":"acct_priming"},\
                "livemode":{"BOOL":false},"scope":{"S":"read_only"},"name":{"S":"priming"},"created_at":{"N":"1"},\
                "expires_at":{"N":"4102444800"},"last_used_at":{"N":"1"}}""".formatted(hash);
        return new Rehearsal(
                List.of(
                        new Rehearsal.Scene(GatewayEvents.authorization("priming", KEY), "\"Allow\""),
                        new Rehearsal.Scene(GatewayEvents.authorization("priming", "priming"), "\"Deny\"")),
                (operation, _) -> "{\"" + (operation.equals("GetItem") ? "Item" : "Attributes") + "\":" + item + "}");
    }
}
