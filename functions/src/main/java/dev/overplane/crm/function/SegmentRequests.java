package dev.overplane.crm.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.overplane.crm.http.ApiException;
import dev.overplane.crm.http.HttpRequest;
import dev.overplane.crm.http.JsonBody;
import dev.overplane.crm.http.Query;
import dev.overplane.crm.segment.NameChange;
import dev.overplane.crm.segment.SegmentId;
import dev.overplane.crm.segment.SegmentName;
import java.util.Optional;
import java.util.Set;

/// Parses the parts that requests about market segments share.
final class SegmentRequests {

    private static final String MARKET_SEGMENT = "market_segment";

    private SegmentRequests() {}

    /// The id in the path.
    ///
    /// @throws ApiException if it does not have the form of an id: no object has it
    static SegmentId id(HttpRequest request) {
        return wellFormedId(request).orElseThrow(SegmentErrors::missing);
    }

    /// The id in the path; empty if there is none, or what is there does not have the form of an id.
    static Optional<SegmentId> wellFormedId(HttpRequest request) {
        return Optional.ofNullable(request.pathParameters().get("id")).flatMap(SegmentId::parse);
    }

    /// Refuses any query parameter.
    static void noQuery(HttpRequest request) {
        Query.read(request, Set.of());
    }

    /// What the body asks of the name; empty if the request has no body.
    ///
    /// @throws ApiException if the body is not valid
    static Optional<NameChange> name(HttpRequest request) {
        return JsonBody.read(request, Set.of(MARKET_SEGMENT)).map(SegmentRequests::name);
    }

    private static NameChange name(ObjectNode body) {
        JsonNode value = body.path(MARKET_SEGMENT);
        if (value.isMissingNode()) {
            return new NameChange.Unchanged();
        }
        if (value.isNull()) {
            return new NameChange.Cleared();
        }
        return Optional.ofNullable(value.textValue())
                .flatMap(SegmentName::parse)
                .map(NameChange.SetTo::new)
                .orElseThrow(() -> ApiException.invalid(
                        MARKET_SEGMENT,
                        "market_segment must be null or a text of 1 to " + SegmentName.MAX_CODE_POINTS
                                + " characters, not blank and without control characters."));
    }
}
