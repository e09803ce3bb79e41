package dev.overplane.crm.key;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.overplane.crm.account.AccountId;
import dev.overplane.crm.account.Scope;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;

/// The input of a key function: a JSON object with certain members.
final class Input {

    private static final int MAX_NAME_CHARS = 255;

    private final ObjectNode members;

    private Input(ObjectNode members) {
        this.members = members;
    }

    /// @throws InvalidInputException if `json` is not an object, or has other members
    static Input of(JsonNode json, Set<String> names) {
        if (!(json instanceof ObjectNode members)) {
            throw new InvalidInputException("The input must be a JSON object.");
        }
        members.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                throw new InvalidInputException("The member " + name + " is unknown here; the input may have: "
                        + String.join(", ", names.stream().sorted().toList()) + ".");
            }
        });
        return new Input(members);
    }

    AccountId account() {
        return text("account")
                .flatMap(AccountId::parse)
                .orElseThrow(() ->
                        new InvalidInputException("account must be acct_ followed by 1 to 64 letters and digits."));
    }

    KeyId id() {
        return text("id")
                .flatMap(KeyId::parse)
                .orElseThrow(() -> new InvalidInputException(
                        "id must be that of an API key: key_ followed by 16 letters and digits."));
    }

    boolean livemode() {
        if (!members.path("livemode").isBoolean()) {
            throw new InvalidInputException("livemode must be true or false.");
        }
        return members.path("livemode").booleanValue();
    }

    Scope scope() {
        return text("scope")
                .flatMap(Scope::of)
                .orElseThrow(() -> new InvalidInputException("scope must be read_write or read_only."));
    }

    Optional<Instant> expiresAt(Instant now) {
        if (isAbsent("expires_at")) {
            return Optional.empty();
        }
        Instant expiresAt = text("expires_at")
                .flatMap(Input::instant)
                .orElseThrow(() ->
                        new InvalidInputException("expires_at must be null or a time such as 2030-01-31T00:00:00Z."));
        if (!expiresAt.isAfter(now)) {
            throw new InvalidInputException("expires_at must lie in the future.");
        }
        return Optional.of(expiresAt);
    }

    Optional<String> name() {
        if (isAbsent("name")) {
            return Optional.empty();
        }
        return Optional.of(text("name")
                .filter(name -> !name.isBlank() && name.length() <= MAX_NAME_CHARS)
                .orElseThrow(() -> new InvalidInputException("name must be null or a text of 1 to 255 characters.")));
    }

    private boolean isAbsent(String member) {
        return members.path(member).isMissingNode() || members.path(member).isNull();
    }

    private Optional<String> text(String member) {
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
