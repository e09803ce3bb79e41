package dev.overplane.crm.function;

import dev.overplane.crm.http.ApiException;
import dev.overplane.crm.http.ETag;
import dev.overplane.crm.http.HttpRequest;
import dev.overplane.crm.segment.Precondition;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The entity tag of a market segment: strong, and its version in quotes.
final class SegmentETags {

    private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,17}");

    /// Most values that [DynamoDB's
    /// IN](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html)
    /// compares with.
    private static final int MAX_VERSIONS = 100;

    private SegmentETags() {}

    /// The tag of a version, as the header `ETag` holds it.
    static String of(long version) {
        return ETag.strong(Long.toString(version)).toString();
    }

    /// What `If-Match` asks for. Any version matches without the header.
    ///
    /// @throws ApiException if the header cannot be understood: to ignore it could destroy somebody's work
    static Precondition ifMatch(HttpRequest request) {
        Optional<String> header = request.listHeader("If-Match");
        if (header.isEmpty() || ETag.isAny(header.get())) {
            return new Precondition.AnyVersion();
        }
        // RFC 9110, section 13.1.1: If-Match compares strongly, so a weak tag never matches.
        return ETag.parseList(header.get())
                .map(tags -> versions(tags, tag -> !tag.weak()))
                .filter(versions -> versions.size() <= MAX_VERSIONS)
                .map(Precondition.OneOf::new)
                .orElseThrow(() -> ApiException.invalid(
                        "If-Match", "If-Match must be * or the ETag of a market segment, with its quotes."));
    }

    /// Whether `If-None-Match` names the version: the client holds it already. A header that cannot be
    /// understood names none, and the client gets the whole object.
    static boolean ifNoneMatch(HttpRequest request, long version) {
        Optional<String> header = request.listHeader("If-None-Match");
        return header.isPresent()
                && (ETag.isAny(header.get())
                        || ETag.parseList(header.get())
                                .map(tags -> versions(tags, _ -> true))
                                .orElse(Set.of())
                                .contains(version));
    }

    private static Set<Long> versions(List<ETag> tags, Predicate<ETag> comparable) {
        return tags.stream()
                .filter(comparable)
                .map(ETag::opaque)
                .filter(VERSION.asMatchPredicate())
                .map(Long::valueOf)
                .collect(Collectors.toUnmodifiableSet());
    }
}
