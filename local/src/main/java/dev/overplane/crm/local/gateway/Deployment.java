package dev.overplane.crm.local.gateway;

/// Identifies the deployed API, as in its ARN.
public record Deployment(String region, String account, String apiId, String stage) {

    /// Returns the address that the API would have on AWS, without a slash at the end.
    public String url() {
        return "https://" + apiId + ".execute-api." + region + ".amazonaws.com/" + stage;
    }

    /// Returns the ARN of a call, which an authorizer's policy allows or denies.
    String methodArn(String method, String path) {
        return "arn:aws:execute-api:" + region + ":" + account + ":" + apiId + "/" + stage + "/" + method + path;
    }
}
