package dev.overplane.crm.function;

import dev.overplane.crm.http.ApiException;
import dev.overplane.crm.http.ErrorCode;
import dev.overplane.crm.http.HttpRequest;
import dev.overplane.crm.http.HttpResponse;
import dev.overplane.crm.json.Json;
import dev.overplane.crm.segment.Fingerprint;
import dev.overplane.crm.segment.IdempotencyKey;
import dev.overplane.crm.segment.IdempotentRequest;
import dev.overplane.crm.segment.NameChange;
import dev.overplane.crm.segment.SegmentName;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The headers `Idempotency-Key` and `Idempotent-Replayed`, and when two requests with one key are equal.
final class IdempotencyHeaders {

    private static final String KEY = "Idempotency-Key";

    /// A string as [RFC 9651, section 3.3.3](https://www.rfc-editor.org/rfc/rfc9651#section-3.3.3) has it,
    /// which the draft of the header wants.
    private static final Pattern QUOTED = Pattern.compile("\"(?<text>(?:[^\"\\\\]++|\\\\[\"\\\\])*+)\"");

    private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");

    private IdempotencyHeaders() {}

    /// The key of the request, if it has one.
    ///
    /// @throws ApiException if the header is not a key, bare or in double quotes, or is there more than once
    static Optional<IdempotencyKey> key(HttpRequest request) {
        return request.header(KEY)
                .map(
                        value -> parse(value)
                                .orElseThrow(
                                        () -> ApiException.invalid(
                                                KEY,
                                                "Idempotency-Key must be 1 to 255 visible ASCII characters, bare or in double quotes.")));
    }

    /// What makes this request equal to others with its key: method, id, what it asks of the name, and the
    /// value of `If-Match`. A body that is absent or empty asks the same as `{}`.
    static IdempotentRequest idempotent(IdempotencyKey key, HttpRequest request, NameChange name) {
        return new IdempotentRequest(key, Fingerprint.of(Json.write(json -> {
            json.writeStartArray();
            json.writeString(request.method());
            json.writeString(request.pathParameters().getOrDefault("id", ""));
            json.writeString(request.listHeader("If-Match").orElse(""));
            switch (name) {
                case NameChange.Unchanged() -> {}
                case NameChange.Cleared() -> json.writeNull();
                case NameChange.SetTo(SegmentName value) -> json.writeString(value.value());
            }
            json.writeEndArray();
        })));
    }

    /// A response that was recorded before.
    static HttpResponse replayed(HttpResponse response) {
        return response.withHeader("Idempotent-Replayed", "true");
    }

    /// The key belongs to another request.
    static ApiException reused() {
        return new ApiException(
                ErrorCode.IDEMPOTENCY_KEY_REUSED,
                null,
                "This Idempotency-Key was used for another request: use a new one for each request.");
    }

    /// Requests with the key hindered one another.
    static ApiException inUse() {
        return new ApiException(
                ErrorCode.IDEMPOTENCY_KEY_IN_USE,
                null,
                "Another request with this Idempotency-Key is under way: try again in a moment.");
    }

    private static Optional<IdempotencyKey> parse(String value) {
        if (!value.startsWith("\"")) {
            return IdempotencyKey.parse(value);
        }
        Matcher quoted = QUOTED.matcher(value);
        return quoted.matches()
                ? IdempotencyKey.parse(ESCAPED.matcher(quoted.group("text")).replaceAll("$1"))
                : Optional.empty();
    }
}
