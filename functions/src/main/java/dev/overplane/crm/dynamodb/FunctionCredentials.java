package dev.overplane.crm.dynamodb;

import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/// The credentials of a Lambda function's role.
public final class FunctionCredentials {

    private FunctionCredentials() {}

    /// Under SnapStart credentials come from the container's endpoint, without it they are in the environment.
    /// The SDK's default chain would find both, after it has looked for configuration files that a function
    /// does not have.
    public static AwsCredentialsProvider of(Map<String, String> environment) {
        String id = environment.get("AWS_ACCESS_KEY_ID");
        String secret = environment.get("AWS_SECRET_ACCESS_KEY");
        if (id == null || secret == null) {
            return ContainerCredentialsProvider.create();
        }
        String token = environment.get("AWS_SESSION_TOKEN");
        return StaticCredentialsProvider.create(
                token == null
                        ? AwsBasicCredentials.create(id, secret)
                        : AwsSessionCredentials.create(id, secret, token));
    }
}
