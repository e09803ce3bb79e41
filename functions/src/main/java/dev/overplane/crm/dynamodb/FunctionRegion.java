package dev.overplane.crm.dynamodb;

import java.net.URI;
import java.util.Map;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/// The Region that a Lambda function runs in.
public final class FunctionRegion {

    private FunctionRegion() {}

    /// The Region; `us-east-1` where no variable names one, as outside Lambda.
    ///
    /// @param environment the function's environment variables, of which Lambda sets `AWS_REGION`
    public static Region of(Map<String, String> environment) {
        return Region.of(environment.getOrDefault("AWS_REGION", "us-east-1"));
    }

    /// Where AWS has a service in a Region.
    ///
    /// @param service as in its address, such as `events`
    public static URI endpoint(Region region, String service) {
        return URI.create("https://" + service + "." + region.id() + "."
                + PartitionMetadata.of(region).dnsSuffix());
    }
}
