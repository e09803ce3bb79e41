package dev.overplane.crm.function;

import dev.overplane.crm.account.Scope;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.http.HttpRequest;
import dev.overplane.crm.http.HttpResponse;
import dev.overplane.crm.segment.VersionedSegment;
import dev.overplane.crm.segment.store.SegmentReader;
import java.util.Map;

/// `GET` and `HEAD /api/crm/market-segment/{id}`: retrieves a market segment.
public final class RetrieveMarketSegmentFunction extends HttpFunction<SegmentReader> {

    /// Lambda calls this one.
    public RetrieveMarketSegmentFunction() {
        this(System.getenv());
    }

    /// @param environment the function's environment variables
    public RetrieveMarketSegmentFunction(Map<String, String> environment) {
        this(Components.primed(environment, RetrieveMarketSegmentFunction::new, SegmentRehearsals::retrieve));
    }

    RetrieveMarketSegmentFunction(Components components) {
        super(
                Scope.READ_ONLY,
                components.requestLog("RetrieveMarketSegment"),
                components.clock(),
                components.errorReferenceUrl(),
                components.segmentReader());
    }

    @Override
    HttpResponse handle(HttpRequest request, SegmentReader segments, Deadline deadline) {
        SegmentRequests.noQuery(request);
        VersionedSegment versioned =
                segments.retrieve(SegmentRequests.id(request), deadline).orElseThrow(SegmentErrors::missing);
        return SegmentETags.ifNoneMatch(request, versioned.version())
                ? HttpResponse.notModified(SegmentETags.of(versioned.version()))
                : SegmentResponses.response(200, versioned);
    }
}
