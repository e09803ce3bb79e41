package dev.overplane.crm.function;

import dev.overplane.crm.account.Scope;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.http.ErrorCode;
import dev.overplane.crm.http.HttpFunction;
import dev.overplane.crm.http.HttpRequest;
import dev.overplane.crm.http.HttpResponse;
import dev.overplane.crm.http.Refusal;
import dev.overplane.crm.segment.Creation;
import dev.overplane.crm.segment.IdempotencyKey;
import dev.overplane.crm.segment.NameParameter;
import dev.overplane.crm.segment.SegmentCreator;
import dev.overplane.crm.segment.Versioned;
import java.util.Map;
import java.util.Optional;

/// `POST /api/crm/market-segment`: creates a market segment.
public final class CreateMarketSegmentFunction extends HttpFunction {

    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private final SegmentCreator creator;

    /// As Lambda makes it.
    public CreateMarketSegmentFunction() {
        this(System.getenv());
    }

    /// @param environment the function's environment variables
    public CreateMarketSegmentFunction(Map<String, String> environment) {
        super(Scope.READ_WRITE);
        creator = new Environment(environment).segmentCreator();
    }

    @Override
    protected HttpResponse handle(HttpRequest request, Deadline deadline) {
        SegmentRequests.noQuery(request);
        Optional<IdempotencyKey> key = request.header(IDEMPOTENCY_KEY).map(CreateMarketSegmentFunction::idempotencyKey);
        NameParameter name = SegmentRequests.name(request).orElseGet(NameParameter.Absent::new);
        return switch (creator.create(request.caller().tenant(), name, key, deadline)) {
            case Creation.Created(Versioned versioned) -> created(request, versioned);
            case Creation.Replayed(Versioned versioned) ->
                created(request, versioned).with("Idempotent-Replayed", "true");
            case Creation.KeyReused() ->
                throw new Refusal(
                        ErrorCode.IDEMPOTENCY_KEY_REUSED,
                        null,
                        "This Idempotency-Key was used for another request: use a new one for each request.");
            case Creation.KeyInUse() ->
                throw new Refusal(
                        ErrorCode.IDEMPOTENCY_KEY_IN_USE,
                        null,
                        "Another request with this Idempotency-Key is under way: try again in a moment.");
        };
    }

    private static HttpResponse created(HttpRequest request, Versioned versioned) {
        return SegmentJson.response(201, versioned)
                .with("Location", request.path() + "/" + versioned.segment().id());
    }

    private static IdempotencyKey idempotencyKey(String value) {
        return IdempotencyKey.parse(value)
                .orElseThrow(() ->
                        Refusal.invalid(IDEMPOTENCY_KEY, "Idempotency-Key must be 1 to 255 visible ASCII characters."));
    }
}
