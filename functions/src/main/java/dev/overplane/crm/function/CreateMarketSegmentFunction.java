package dev.overplane.crm.function;

import dev.overplane.crm.account.Scope;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.http.ApiException;
import dev.overplane.crm.http.ErrorCode;
import dev.overplane.crm.http.HttpRequest;
import dev.overplane.crm.http.HttpResponse;
import dev.overplane.crm.segment.Creation;
import dev.overplane.crm.segment.IdempotencyKey;
import dev.overplane.crm.segment.NameChange;
import dev.overplane.crm.segment.VersionedSegment;
import dev.overplane.crm.segment.store.SegmentCreator;
import java.util.Map;
import java.util.Optional;

/// `POST /api/crm/market-segment`: creates a market segment.
public final class CreateMarketSegmentFunction extends HttpFunction {

    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private final SegmentCreator creator;

    /// Lambda calls this one.
    public CreateMarketSegmentFunction() {
        this(System.getenv());
    }

    /// @param environment the function's environment variables
    public CreateMarketSegmentFunction(Map<String, String> environment) {
        var components = new Components(environment);
        super(Scope.READ_WRITE, components.clock());
        creator = components.segmentCreator();
    }

    @Override
    HttpResponse handle(HttpRequest request, Deadline deadline) {
        SegmentRequests.noQuery(request);
        Optional<IdempotencyKey> key = request.header(IDEMPOTENCY_KEY).map(CreateMarketSegmentFunction::idempotencyKey);
        NameChange name = SegmentRequests.name(request).orElseGet(NameChange.Unchanged::new);
        return switch (creator.create(request.caller().tenant(), name, key, deadline)) {
            case Creation.Created(VersionedSegment versioned) -> created(request, versioned);
            case Creation.Replayed(VersionedSegment versioned) ->
                created(request, versioned).withHeader("Idempotent-Replayed", "true");
            case Creation.KeyReused() ->
                throw new ApiException(
                        ErrorCode.IDEMPOTENCY_KEY_REUSED,
                        null,
                        "This Idempotency-Key was used for another request: use a new one for each request.");
            case Creation.KeyInUse() ->
                throw new ApiException(
                        ErrorCode.IDEMPOTENCY_KEY_IN_USE,
                        null,
                        "Another request with this Idempotency-Key is under way: try again in a moment.");
        };
    }

    private static HttpResponse created(HttpRequest request, VersionedSegment versioned) {
        return SegmentResponses.response(201, versioned)
                .withHeader(
                        "Location", request.path() + "/" + versioned.segment().id());
    }

    private static IdempotencyKey idempotencyKey(String value) {
        return IdempotencyKey.parse(value)
                .orElseThrow(() -> ApiException.invalid(
                        IDEMPOTENCY_KEY, "Idempotency-Key must be 1 to 255 visible ASCII characters."));
    }
}
