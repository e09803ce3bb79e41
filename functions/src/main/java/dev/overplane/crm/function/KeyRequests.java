package dev.overplane.crm.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.overplane.crm.account.AccountId;
import dev.overplane.crm.account.Scope;
import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.http.ParameterName;
import dev.overplane.crm.key.KeyId;
import dev.overplane.crm.key.KeyRequest;
import dev.overplane.crm.key.KeyRotation;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;

/// Parses the input of the key functions: a JSON object with certain members and no others. Each method throws
/// an [InvalidInputException] that names the first member at fault.
final class KeyRequests {

    private static final String ACCOUNT = "account";
    private static final String LIVEMODE = "livemode";
    private static final String SCOPE = "scope";
    private static final String EXPIRES_AT = "expires_at";
    private static final String NAME = "name";
    private static final String ID = "id";
    private static final int MAX_NAME_CHARS = 255;

    private KeyRequests() {}

    /// The key to issue.
    ///
    /// @param now the present, after which the key must expire
    static KeyRequest issue(JsonNode input, Instant now) {
        ObjectNode members = members(input, Set.of(ACCOUNT, LIVEMODE, SCOPE, EXPIRES_AT, NAME));
        return new KeyRequest(
                new Tenant(account(members), livemode(members)),
                scope(members),
                name(members),
                expiresAt(members, now));
    }

    /// The key to revoke.
    static KeyId revoke(JsonNode input) {
        return id(members(input, Set.of(ID)));
    }

    private static KeyId id(ObjectNode members) {
        return text(members, ID)
                .flatMap(KeyId::parse)
                .orElseThrow(() -> new InvalidInputException(
                        "id must be that of an API key: key_ followed by 16 letters and digits."));
    }

    /// The key to rotate, and when it ends: a day from now unless the input says otherwise.
    ///
    /// @param now the present, after which the key must end
    static KeyRotation rotate(JsonNode input, Instant now) {
        ObjectNode members = members(input, Set.of(ID, EXPIRES_AT));
        return new KeyRotation(
                id(members),
                expiresAt(members, now)
                        .orElseGet(() -> now.plus(KeyRotation.STANDARD_OVERLAP).truncatedTo(ChronoUnit.SECONDS)));
    }

    /// The account whose keys to list.
    static AccountId list(JsonNode input) {
        return account(members(input, Set.of(ACCOUNT)));
    }

    private static ObjectNode members(JsonNode input, Set<String> names) {
        if (!(input instanceof ObjectNode members)) {
            throw new InvalidInputException("The input must be a JSON object.");
        }
        members.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                throw new InvalidInputException(ParameterName.repeatable(name)
                                .map(shown -> "The member " + shown)
                                .orElse("A member")
                        + " is unknown here; the input may have: "
                        + String.join(", ", names.stream().sorted().toList()) + ".");
            }
        });
        return members;
    }

    private static AccountId account(ObjectNode members) {
        return text(members, ACCOUNT)
                .flatMap(AccountId::parse)
                .orElseThrow(() ->
                        new InvalidInputException("account must be acct_ followed by 1 to 64 letters and digits."));
    }

    private static boolean livemode(ObjectNode members) {
        if (!members.path(LIVEMODE).isBoolean()) {
            throw new InvalidInputException("livemode must be true or false.");
        }
        return members.path(LIVEMODE).booleanValue();
    }

    private static Scope scope(ObjectNode members) {
        return text(members, SCOPE)
                .flatMap(Scope::parse)
                .orElseThrow(() -> new InvalidInputException("scope must be read_write or read_only."));
    }

    private static Optional<String> name(ObjectNode members) {
        if (isAbsent(members, NAME)) {
            return Optional.empty();
        }
        return Optional.of(text(members, NAME)
                .filter(name -> !name.isBlank() && name.length() <= MAX_NAME_CHARS)
                .filter(name -> name.codePoints().noneMatch(KeyRequests::isForbidden))
                .orElseThrow(() -> new InvalidInputException(
                        "name must be null or a text of 1 to 255 characters, without control characters.")));
    }

    private static boolean isForbidden(int codePoint) {
        return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
    }

    private static Optional<Instant> expiresAt(ObjectNode members, Instant now) {
        if (isAbsent(members, EXPIRES_AT)) {
            return Optional.empty();
        }
        Instant expiresAt = text(members, EXPIRES_AT)
                .flatMap(KeyRequests::instant)
                .orElseThrow(() ->
                        new InvalidInputException("expires_at must be null or a time such as 2030-01-31T00:00:00Z."));
        if (!expiresAt.isAfter(now)) {
            throw new InvalidInputException("expires_at must lie in the future.");
        }
        return Optional.of(expiresAt);
    }

    private static boolean isAbsent(ObjectNode members, String member) {
        return members.path(member).isMissingNode() || members.path(member).isNull();
    }

    private static Optional<String> text(ObjectNode members, String member) {
        return Optional.ofNullable(members.path(member).textValue());
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text).truncatedTo(ChronoUnit.SECONDS));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
