package dev.overplane.crm.function;

/// Events as API Gateway brings them, for invocations that it has not made.
final class GatewayEvents {

    private GatewayEvents() {}

    /// An event of an operation, with the headers that most clients send.
    ///
    /// @param id says who invokes, in the place of everything that a client or the gateway chooses
    /// @param account whose caller it is, in test mode and with the scope `read_write`
    /// @param parameters the path's parameters, as JSON
    /// @param query the query's parameters, as JSON
    /// @param idempotencyKey what is sent as the idempotency key; empty for none
    static String operation(
            String id,
            String account,
            String method,
            String route,
            String parameters,
            String query,
            String idempotencyKey,
            String body) {
        String key = idempotencyKey.isEmpty() ? "" : ",\"Idempotency-Key\":[\"" + idempotencyKey + "\"]";
        return """
                {"resource":"%1$s","path":"%1$s","httpMethod":"%2$s","headers":null,"multiValueHeaders":{\
                "Accept":["application/json"],"Authorization":["Bearer %7$s"],"Content-Type":["application/json"],\
                "Host":["%7$s"],"User-Agent":["%7$s"],"X-Forwarded-Proto":["https"]%8$s},"pathParameters":%3$s,\
                "multiValueQueryStringParameters":%4$s,"stageVariables":null,"requestContext":{"requestId":"%7$s","extendedRequestId":"%7$s",\
                "path":"/%7$s%1$s","httpMethod":"%2$s","authorizer":{"account":"%5$s","livemode":"false",\
                "scope":"read_write","key_id":"key_%7$s","integrationLatency":1},"identity":{"sourceIp":null}},\
                "body":"%6$s","isBase64Encoded":false}""".formatted(route, method, parameters, query, account, body.replace("\"", "\\\""), id, key);
    }

    /// An event of the authorizer.
    ///
    /// @param id as above
    /// @param key what is sent as the API key
    static String authorization(String id, String key) {
        return """
                {"type":"REQUEST","methodArn":"arn:aws:execute-api:%2$s:0:%2$s/%2$s/GET/","headers":null,\
                "multiValueHeaders":{"Accept":["application/json"],"Authorization":["Bearer %1$s"],"Host":["%2$s"]},\
                "requestContext":{"requestId":"%2$s","extendedRequestId":"%2$s","requestTimeEpoch":1}}""".formatted(key, id);
    }
}
