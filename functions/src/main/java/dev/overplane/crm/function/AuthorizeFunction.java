package dev.overplane.crm.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.overplane.crm.account.Caller;
import dev.overplane.crm.json.Json;
import dev.overplane.crm.key.Authenticator;
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
        authenticator = new Components(environment).authenticator();
    }

    @Override
    Json.Content handle(JsonNode event) {
        AuthorizerRequest request = AuthorizerRequest.of(event);
        Optional<Caller> caller = request.key().flatMap(authenticator::authenticate);
        return new AuthorizerResponse(request.api(), caller)::writeTo;
    }
}
