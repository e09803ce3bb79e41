package dev.overplane.crm.function;

import dev.overplane.crm.account.Scope;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.http.HttpRequest;
import dev.overplane.crm.http.HttpResponse;
import dev.overplane.crm.segment.Creation;
import dev.overplane.crm.segment.IdempotencyKey;
import dev.overplane.crm.segment.IdempotentRequest;
import dev.overplane.crm.segment.NameChange;
import dev.overplane.crm.segment.VersionedSegment;
import dev.overplane.crm.segment.store.SegmentCreator;
import java.util.Map;
import java.util.Optional;

/// `POST /api/crm/market-segment`: creates a market segment.
public final class CreateMarketSegmentFunction extends HttpFunction<SegmentCreator> {

    /// Lambda calls this one.
    public CreateMarketSegmentFunction() {
        this(System.getenv());
    }

    /// @param environment the function's environment variables
    public CreateMarketSegmentFunction(Map<String, String> environment) {
        this(Components.primed(environment, CreateMarketSegmentFunction::new, SegmentRehearsals::create));
    }

    CreateMarketSegmentFunction(Components components) {
        super(
                Scope.READ_WRITE,
                components.requestLog("CreateMarketSegment"),
                components.clock(),
                components.errorReferenceUrl(),
                components.segmentCreator());
    }

    @Override
    HttpResponse handle(HttpRequest request, SegmentCreator segments, Deadline deadline) {
        SegmentRequests.noQuery(request);
        Optional<IdempotencyKey> key = IdempotencyHeaders.key(request);
        NameChange name = SegmentRequests.name(request).orElseGet(NameChange.Unchanged::new);
        Optional<IdempotentRequest> idempotent = key.map(given -> IdempotencyHeaders.idempotent(given, request, name));
        return switch (segments.create(name, request.requestId(), idempotent, deadline)) {
            case Creation.Created(VersionedSegment versioned) -> created(request, versioned);
            case Creation.Replayed(VersionedSegment versioned) ->
                IdempotencyHeaders.replayed(created(request, versioned));
            case Creation.KeyReused() -> throw IdempotencyHeaders.reused();
            case Creation.KeyInUse() -> throw IdempotencyHeaders.inUse();
        };
    }

    private static HttpResponse created(HttpRequest request, VersionedSegment versioned) {
        return SegmentResponses.response(201, versioned)
                .withHeader(
                        "Location", request.path() + "/" + versioned.segment().id());
    }
}
