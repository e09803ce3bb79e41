package dev.overplane.crm.local.gateway;

/// Where the API would be at AWS.
public record Deployment(String region, String account, String apiId, String stage) {

    /// The ARN of a call, against which policies are held.
    String methodArn(String method, String path) {
        return "arn:aws:execute-api:" + region + ":" + account + ":" + apiId + "/" + stage + "/" + method + path;
    }
}
