package dev.overplane.crm.function;

import dev.overplane.crm.account.Scope;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.http.HttpRequest;
import dev.overplane.crm.http.HttpResponse;
import dev.overplane.crm.segment.IdempotencyKey;
import dev.overplane.crm.segment.IdempotentRequest;
import dev.overplane.crm.segment.NameChange;
import dev.overplane.crm.segment.Precondition;
import dev.overplane.crm.segment.SegmentId;
import dev.overplane.crm.segment.store.SegmentDeleter;
import java.util.Map;
import java.util.Optional;

/// `DELETE /api/crm/market-segment/{id}`: deletes a market segment for good.
public final class DeleteMarketSegmentFunction extends HttpFunction<SegmentDeleter> {

    /// Lambda calls this one.
    public DeleteMarketSegmentFunction() {
        this(System.getenv());
    }

    /// @param environment the function's environment variables
    public DeleteMarketSegmentFunction(Map<String, String> environment) {
        this(Components.primed(environment, DeleteMarketSegmentFunction::new, SegmentRehearsals::delete));
    }

    DeleteMarketSegmentFunction(Components components) {
        super(
                Scope.READ_WRITE,
                components.requestLog("DeleteMarketSegment"),
                components.clock(),
                components.errorReferenceUrl(),
                components.segmentDeleter());
    }

    @Override
    HttpResponse handle(HttpRequest request, SegmentDeleter segments, Deadline deadline) {
        SegmentRequests.noQuery(request);
        Optional<IdempotencyKey> key = IdempotencyHeaders.key(request);
        Precondition precondition = SegmentETags.ifMatch(request);
        SegmentId id = SegmentRequests.id(request);
        Optional<IdempotentRequest> idempotent =
                key.map(given -> IdempotencyHeaders.idempotent(given, request, new NameChange.Unchanged()));
        return switch (segments.delete(id, precondition, request.requestId(), idempotent, deadline)) {
            case DELETED -> SegmentResponses.deleted(id);
            case REPLAYED -> IdempotencyHeaders.replayed(SegmentResponses.deleted(id));
            case KEY_REUSED -> throw IdempotencyHeaders.reused();
            case KEY_IN_USE -> throw IdempotencyHeaders.inUse();
            case MISSING -> throw SegmentErrors.missing();
            case CHANGED -> throw SegmentErrors.changed();
        };
    }
}
