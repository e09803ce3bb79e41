package dev.overplane.crm.local.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.overplane.crm.local.gateway.Router.Match;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// Creates the `requestContext` of events.
final class RequestContext {

    private static final DateTimeFormatter COMMON_LOG =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final List<String> NULL_IDENTITY = List.of(
            "accessKey",
            "accountId",
            "apiKey",
            "apiKeyId",
            "caller",
            "clientCert",
            "cognitoAuthenticationProvider",
            "cognitoAuthenticationType",
            "cognitoIdentityId",
            "cognitoIdentityPoolId",
            "principalOrgId",
            "user",
            "userArn");

    private final Deployment deployment;

    RequestContext(Deployment deployment) {
        this.deployment = deployment;
    }

    ObjectNode of(HttpRequest request, Match match) {
        var context = JsonNodeFactory.instance.objectNode();
        var path = match.route().path();
        context.put("resourceId", Integer.toString(path.hashCode() & Integer.MAX_VALUE, 36));
        context.put("resourcePath", path);
        context.put("httpMethod", request.method());
        context.put("extendedRequestId", request.extendedId());
        context.put("requestTime", COMMON_LOG.format(request.received()));
        context.put("path", request.path());
        context.put("accountId", deployment.account());
        context.put("protocol", request.protocol());
        context.put("stage", deployment.stage());
        context.put("domainPrefix", deployment.apiId());
        context.put("requestTimeEpoch", request.received().toEpochMilli());
        context.put("requestId", request.requestId());
        var identity = context.putObject("identity");
        NULL_IDENTITY.forEach(identity::putNull);
        identity.put("sourceIp", request.sourceIp());
        identity.put("userAgent", request.header("User-Agent").orElse(null));
        context.put("domainName", request.header("Host").orElse("localhost"));
        context.put("deploymentId", "local");
        context.put("apiId", deployment.apiId());
        return context;
    }
}
