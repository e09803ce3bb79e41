package dev.overplane.crm.function;

import dev.overplane.crm.account.Scope;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.http.HttpRequest;
import dev.overplane.crm.http.HttpResponse;
import dev.overplane.crm.segment.Precondition;
import dev.overplane.crm.segment.SegmentId;
import dev.overplane.crm.segment.store.SegmentDeleter;
import java.util.Map;

/// `DELETE /api/crm/market-segment/{id}`: deletes a market segment for good.
public final class DeleteMarketSegmentFunction extends HttpFunction {

    private final SegmentDeleter deleter;

    /// Lambda calls this one.
    public DeleteMarketSegmentFunction() {
        this(System.getenv());
    }

    /// @param environment the function's environment variables
    public DeleteMarketSegmentFunction(Map<String, String> environment) {
        var components = new Components(environment);
        super(Scope.READ_WRITE, components.clock());
        deleter = components.segmentDeleter();
    }

    @Override
    HttpResponse handle(HttpRequest request, Deadline deadline) {
        SegmentRequests.noQuery(request);
        Precondition precondition = SegmentETags.ifMatch(request);
        SegmentId id = SegmentRequests.id(request);
        return switch (deleter.delete(request.caller().tenant(), id, precondition, deadline)) {
            case DELETED -> SegmentResponses.deleted(id);
            case MISSING -> throw SegmentErrors.missing();
            case CHANGED -> throw SegmentErrors.changed();
        };
    }
}
