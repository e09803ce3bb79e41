package dev.overplane.crm.function;

import dev.overplane.crm.account.Scope;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.http.HttpRequest;
import dev.overplane.crm.http.HttpResponse;
import dev.overplane.crm.http.JsonBody;
import dev.overplane.crm.segment.IdempotencyKey;
import dev.overplane.crm.segment.IdempotentRequest;
import dev.overplane.crm.segment.NameChange;
import dev.overplane.crm.segment.Precondition;
import dev.overplane.crm.segment.SegmentId;
import dev.overplane.crm.segment.UpdateOutcome;
import dev.overplane.crm.segment.VersionedSegment;
import dev.overplane.crm.segment.store.SegmentUpdater;
import java.util.Map;
import java.util.Optional;

/// `PATCH /api/crm/market-segment/{id}`: changes a market segment.
public final class UpdateMarketSegmentFunction extends HttpFunction<SegmentUpdater> {

    /// Lambda calls this one.
    public UpdateMarketSegmentFunction() {
        this(System.getenv());
    }

    /// @param environment the function's environment variables
    public UpdateMarketSegmentFunction(Map<String, String> environment) {
        this(Components.primed(environment, UpdateMarketSegmentFunction::new, SegmentRehearsals::update));
    }

    UpdateMarketSegmentFunction(Components components) {
        super(
                Scope.READ_WRITE,
                components.requestLog("UpdateMarketSegment"),
                components.clock(),
                components.errorReferenceUrl(),
                components.segmentUpdater());
    }

    @Override
    HttpResponse handle(HttpRequest request, SegmentUpdater segments, Deadline deadline) {
        SegmentRequests.noQuery(request);
        Optional<IdempotencyKey> key = IdempotencyHeaders.key(request);
        Precondition precondition = SegmentETags.ifMatch(request);
        NameChange name = SegmentRequests.name(request).orElseThrow(JsonBody::absent);
        SegmentId id = SegmentRequests.id(request);
        Optional<IdempotentRequest> idempotent = key.map(given -> IdempotencyHeaders.idempotent(given, request, name));
        return switch (segments.update(id, name, precondition, request.requestId(), idempotent, deadline)) {
            case UpdateOutcome.Updated(VersionedSegment versioned) -> SegmentResponses.response(200, versioned);
            case UpdateOutcome.Replayed(VersionedSegment versioned) ->
                IdempotencyHeaders.replayed(SegmentResponses.response(200, versioned));
            case UpdateOutcome.KeyReused() -> throw IdempotencyHeaders.reused();
            case UpdateOutcome.KeyInUse() -> throw IdempotencyHeaders.inUse();
            case UpdateOutcome.Missing() -> throw SegmentErrors.missing();
            case UpdateOutcome.Changed() -> throw SegmentErrors.changed();
        };
    }
}
