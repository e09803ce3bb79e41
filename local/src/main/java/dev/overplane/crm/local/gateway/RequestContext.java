package dev.overplane.crm.local.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.overplane.crm.local.gateway.Router.Match;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The `requestContext` of events, which gateway responses may quote too.
final class RequestContext {

    private static final DateTimeFormatter COMMON_LOG =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final List<String> UNKNOWN_IDENTITY = List.of(
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

    /// @param match empty when no route was found
    ObjectNode of(GatewayRequest request, Optional<Match> match) {
        var context = JsonNodeFactory.instance.objectNode();
        context.put(
                "resourceId",
                match.map(m -> Integer.toString(m.route().path().hashCode() & 0x7fffffff, 36))
                        .orElse(null));
        context.put("resourcePath", match.map(m -> m.route().path()).orElse(null));
        context.put("httpMethod", request.method());
        context.put("extendedRequestId", extendedId(request.id()));
        context.put("requestTime", COMMON_LOG.format(request.received()));
        context.put("path", request.path());
        context.put("accountId", deployment.account());
        context.put("protocol", request.protocol());
        context.put("stage", deployment.stage());
        context.put("domainPrefix", deployment.apiId());
        context.put("requestTimeEpoch", request.received().toEpochMilli());
        context.put("requestId", request.id());
        var identity = context.putObject("identity");
        UNKNOWN_IDENTITY.forEach(identity::putNull);
        identity.put("sourceIp", request.sourceIp());
        identity.put("userAgent", request.header("User-Agent").orElse(null));
        context.put("domainName", request.header("Host").orElse("localhost"));
        context.put("deploymentId", "local");
        context.put("apiId", deployment.apiId());
        return context;
    }

    static String extendedId(String requestId) {
        return Base64.getEncoder()
                .encodeToString(requestId.replace("-", "").substring(0, 11).getBytes(StandardCharsets.US_ASCII));
    }
}
