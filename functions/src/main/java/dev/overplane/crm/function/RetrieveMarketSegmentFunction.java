package dev.overplane.crm.function;

import dev.overplane.crm.account.Scope;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.http.ETag;
import dev.overplane.crm.http.HttpFunction;
import dev.overplane.crm.http.HttpRequest;
import dev.overplane.crm.http.HttpResponse;
import dev.overplane.crm.http.Refusal;
import dev.overplane.crm.segment.SegmentReader;
import dev.overplane.crm.segment.Versioned;
import java.util.Map;

/// `GET /api/crm/market-segment/{id}`: retrieves a market segment.
public final class RetrieveMarketSegmentFunction extends HttpFunction {

    private final SegmentReader reader;

    /// As Lambda makes it.
    public RetrieveMarketSegmentFunction() {
        this(System.getenv());
    }

    /// @param environment the function's environment variables
    public RetrieveMarketSegmentFunction(Map<String, String> environment) {
        super(Scope.READ_ONLY);
        reader = new Environment(environment).segmentReader();
    }

    @Override
    protected HttpResponse handle(HttpRequest request, Deadline deadline) {
        SegmentRequests.noQuery(request);
        Versioned versioned = reader.retrieve(request.caller().tenant(), SegmentRequests.id(request), deadline)
                .orElseThrow(Refusal::missing);
        return ETag.noneMatchNames(request, versioned.version())
                ? HttpResponse.notModified().with("ETag", ETag.of(versioned.version()))
                : SegmentJson.response(200, versioned);
    }
}
