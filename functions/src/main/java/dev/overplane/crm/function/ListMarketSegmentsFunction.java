package dev.overplane.crm.function;

import dev.overplane.crm.account.Scope;
import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.http.ApiException;
import dev.overplane.crm.http.ErrorCode;
import dev.overplane.crm.http.HttpRequest;
import dev.overplane.crm.http.HttpResponse;
import dev.overplane.crm.http.Query;
import dev.overplane.crm.segment.Listing;
import dev.overplane.crm.segment.SegmentId;
import dev.overplane.crm.segment.store.SegmentLister;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// `GET` and `HEAD /api/crm/market-segment`: lists market segments, newest first.
public final class ListMarketSegmentsFunction extends HttpFunction<SegmentLister> {

    private static final String LIMIT = "limit";
    private static final String OFFSET = "offset";
    private static final String STARTING_AFTER = "starting_after";
    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_LIMIT = 100;

    /// Lambda calls this one.
    public ListMarketSegmentsFunction() {
        this(System.getenv());
    }

    /// @param environment the function's environment variables
    public ListMarketSegmentsFunction(Map<String, String> environment) {
        this(Components.primed(environment, ListMarketSegmentsFunction::new, SegmentRehearsals::list));
    }

    ListMarketSegmentsFunction(Components components) {
        super(
                Scope.READ_ONLY,
                components.requestLog("ListMarketSegments"),
                components.clock(),
                components.errorReferenceUrl(),
                components.segmentLister());
    }

    @Override
    HttpResponse handle(HttpRequest request, SegmentLister segments, Deadline deadline) {
        Query query = Query.read(request, Set.of(LIMIT, OFFSET, STARTING_AFTER));
        Tenant tenant = request.caller().tenant();
        int limit = query.integer(LIMIT, 1, MAX_LIMIT).orElse(DEFAULT_LIMIT);
        OptionalInt offset = query.integer(OFFSET, 0, Integer.MAX_VALUE);
        Optional<SegmentId> last = query.text(STARTING_AFTER).map(text -> last(tenant, text));
        if (last.isPresent() && offset.isPresent()) {
            throw new ApiException(
                    ErrorCode.PARAMETER_CONFLICT, null, "Give either starting_after or offset, not both.");
        }
        Listing listing = last.isPresent()
                ? segments.listAfter(last.get(), limit, deadline)
                : segments.list(offset.orElse(0), limit, deadline);
        HttpResponse response = SegmentResponses.response(listing);
        return next(listing, offset)
                .map(where -> response.withHeader(
                        "Link", "<%s?limit=%d&%s>; rel=\"next\"".formatted(request.path(), limit, where)))
                .orElse(response);
    }

    /// Where the next page begins, if there is one: by `offset` where the client has asked by it, otherwise by
    /// `starting_after`, which neither repeats nor skips.
    private static Optional<String> next(Listing listing, OptionalInt offset) {
        if (!listing.hasMore() || listing.data().isEmpty()) {
            return Optional.empty();
        }
        if (offset.isEmpty()) {
            return Optional.of(STARTING_AFTER + "=" + listing.data().getLast().id());
        }
        long next = (long) offset.getAsInt() + listing.data().size();
        return next > Integer.MAX_VALUE ? Optional.empty() : Optional.of(OFFSET + "=" + next);
    }

    private static SegmentId last(Tenant tenant, String text) {
        return SegmentId.parse(text)
                .filter(id -> id.issuedTo(tenant))
                .orElseThrow(() -> ApiException.invalid(
                        STARTING_AFTER, "starting_after must be the id of one of your market segments."));
    }
}
