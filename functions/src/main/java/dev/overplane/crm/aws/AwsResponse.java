package dev.overplane.crm.aws;

import java.util.Optional;
import software.amazon.awssdk.http.SdkHttpResponse;

/// What a service answered.
///
/// @param status the HTTP status
/// @param fields the header fields
/// @param body the whole body
public record AwsResponse(int status, SdkHttpResponse fields, String body) {

    /// The value of a header field.
    ///
    /// @param name name in any case
    public Optional<String> header(String name) {
        return fields.firstMatchingHeader(name);
    }
}
