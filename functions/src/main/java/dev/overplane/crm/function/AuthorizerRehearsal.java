package dev.overplane.crm.function;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/// What the authorizer is primed with.
final class AuthorizerRehearsal {

    /// Nobody's: the part that makes a key a secret is all zeros.
    private static final String KEY = "sk_test_000000000000000000000000000000000000000000004k6zQ2";

    private AuthorizerRehearsal() {}

    /// Accepts a key and records its use, and refuses one that is mistyped.
    static Rehearsal authorize() {
        String item = """
                {"id":{"S":"key_0000000000000000"},"hash":{"B":"%s"},"account":{"S":"acct_priming"},\
                "livemode":{"BOOL":false},"scope":{"S":"read_only"},"created_at":{"N":"1"}}""".formatted(hash());
        return new Rehearsal(
                List.of(
                        new Rehearsal.Scene(event(KEY), "\"Allow\""),
                        new Rehearsal.Scene(event("priming"), "\"Deny\"")),
                (operation, _) -> operation.equals("GetItem") ? "{\"Item\":" + item + "}" : "{}");
    }

    private static String hash() {
        try {
            return Base64.getEncoder()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(KEY.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String event(String key) {
        return """
                {"type":"REQUEST","methodArn":"arn:aws:execute-api:priming:0:priming/priming/GET/","headers":null,\
                "multiValueHeaders":{"Accept":["application/json"],"Authorization":["Bearer %s"],"Host":["priming"]},\
                "requestContext":{"requestId":"priming","extendedRequestId":"priming"}}""".formatted(key);
    }
}
