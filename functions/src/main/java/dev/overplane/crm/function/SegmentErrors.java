package dev.overplane.crm.function;

import dev.overplane.crm.http.ApiException;
import dev.overplane.crm.http.ErrorCode;

/// The errors that several operations on market segments share.
final class SegmentErrors {

    private SegmentErrors() {}

    /// The object does not exist, or belongs to another account: the client cannot tell which.
    static ApiException missing() {
        return new ApiException(ErrorCode.RESOURCE_MISSING, null, "There is no such market segment: check its id.");
    }

    /// The object has another version than `If-Match` asks for.
    static ApiException changed() {
        return new ApiException(
                ErrorCode.PRECONDITION_FAILED,
                "If-Match",
                "The market segment has changed since: retrieve it and send its present ETag in If-Match.");
    }
}
