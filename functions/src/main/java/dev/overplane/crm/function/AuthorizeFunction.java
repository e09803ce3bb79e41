package dev.overplane.crm.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.overplane.crm.account.Caller;
import dev.overplane.crm.json.Json;
import dev.overplane.crm.key.Authenticator;
import dev.overplane.crm.log.Log;
import java.util.Map;
import java.util.Optional;

/// The API's authorizer: looks up the API key of a request. A Lambda authorizer of type REQUEST, see [API
/// Gateway's
/// guide](https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html).
public final class AuthorizeFunction extends JsonFunction {

    private final Authenticator authenticator;

    /// Lambda calls this one.
    public AuthorizeFunction() {
        this(System.getenv());
    }

    /// @param environment the function's environment variables
    public AuthorizeFunction(Map<String, String> environment) {
        this(Components.primed(environment, AuthorizeFunction::new, AuthorizerRehearsal::authorize));
    }

    AuthorizeFunction(Components components) {
        authenticator = components.authenticator();
    }

    @Override
    Json.Content handle(JsonNode event) {
        AuthorizerRequest request = AuthorizerRequest.of(event);
        return new AuthorizerResponse(request.api(), caller(request))::writeTo;
    }

    private Optional<Caller> caller(AuthorizerRequest request) {
        try {
            return request.key().flatMap(authenticator::authenticate);
        } catch (RuntimeException e) {
            // API Gateway then answers 503 by itself, with this request id.
            Log.error("authorizer_failure", e, fields -> fields.add("request_id", request.requestId()));
            throw e;
        }
    }
}
