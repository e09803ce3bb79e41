package dev.overplane.crm.function;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/// What the authorizer and the functions of API keys are primed with.
final class KeyRehearsals {

    /// Nobody's: the part that makes a key a secret is all zeros.
    private static final String KEY = "sk_test_000000000000000000000000000000000000000000004k6zQ2";

    private static final String ID = "{\"id\":\"key_0000000000000000\"}";

    private KeyRehearsals() {}

    /// Accepts a key and records its use, and refuses one that is mistyped.
    static Rehearsal authorize() {
        return new Rehearsal(
                List.of(
                        new Rehearsal.Scene(authorization(KEY), "\"Allow\""),
                        new Rehearsal.Scene(authorization("priming"), "\"Deny\"")),
                (operation, _) -> operation.equals("GetItem") ? "{\"Item\":" + item() + "}" : "{}");
    }

    /// Issues a key.
    static Rehearsal issue() {
        return new Rehearsal(
                List.of(new Rehearsal.Scene(
                        "{\"account\":\"acct_priming\",\"livemode\":false,\"scope\":\"read_only\"}", "\"secret\"")),
                (_, _) -> "{}");
    }

    /// Rotates a key.
    static Rehearsal rotate() {
        return new Rehearsal(
                List.of(new Rehearsal.Scene(ID, "\"successor\"")),
                (operation, _) -> operation.equals("GetItem") ? "{\"Item\":" + item() + "}" : "{}");
    }

    /// Revokes a key.
    static Rehearsal revoke() {
        return new Rehearsal(
                List.of(new Rehearsal.Scene(ID, "\"revoked_at\"")), (_, _) -> "{\"Attributes\":" + item() + "}");
    }

    /// Lists an account's keys.
    static Rehearsal list() {
        return new Rehearsal(
                List.of(new Rehearsal.Scene("{\"account\":\"acct_priming\"}", "\"data\"")),
                (_, _) -> "{\"Items\":[" + item() + "],\"Count\":1,\"ScannedCount\":1}");
    }

    /// A key as DynamoDB answers it.
    private static String item() {
        return """
                {"id":{"S":"key_0000000000000000"},"hash":{"B":"%s"},"account":{"S":"acct_priming"},\
                "livemode":{"BOOL":false},"scope":{"S":"read_only"},"created_at":{"N":"1"}}""".formatted(hash());
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

    private static String authorization(String key) {
        return """
                {"type":"REQUEST","methodArn":"arn:aws:execute-api:priming:0:priming/priming/GET/","headers":null,\
                "multiValueHeaders":{"Accept":["application/json"],"Authorization":["Bearer %s"],"Host":["priming"]},\
                "requestContext":{"requestId":"priming"}}""".formatted(key);
    }
}
