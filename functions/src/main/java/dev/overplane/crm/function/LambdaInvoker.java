package dev.overplane.crm.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.overplane.crm.aws.AwsCallException;
import dev.overplane.crm.aws.AwsResponse;
import dev.overplane.crm.aws.AwsService;
import dev.overplane.crm.json.Json;
import dev.overplane.crm.json.MalformedJsonException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/// Makes the one call [Invoke](https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html).
///
/// Thread-safe.
final class LambdaInvoker {

    /// Enough for a version whose first snapshot has to be loaded.
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Json RESULTS = Json.ofDepth(8);

    private final AwsService lambda;

    LambdaInvoker(AwsService lambda) {
        this.lambda = lambda;
    }

    /// Invokes a version, and waits for its result.
    ///
    /// @param version its ARN
    /// @param event a JSON document
    /// @throws VersionException if it could not run, or failed
    JsonNode invoke(String version, String event) {
        AwsResponse response;
        try {
            response = lambda.post(
                    "/2015-03-31/functions/" + URLEncoder.encode(version, StandardCharsets.UTF_8) + "/invocations",
                    Map.of(),
                    event,
                    LIMIT);
        } catch (AwsCallException e) {
            throw new VersionException(version + " did not answer", e);
        }
        if (response.status() != 200) {
            throw new VersionException(version + " was not run, status " + response.status() + ": " + response.body());
        }
        if (response.header("X-Amz-Function-Error").isPresent()) {
            throw new VersionException(version + " failed: " + response.body());
        }
        try {
            return RESULTS.read(response.body());
        } catch (MalformedJsonException e) {
            throw new VersionException(version + " answered what is no JSON", e);
        }
    }
}
