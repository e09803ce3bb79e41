package dev.overplane.crm.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import dev.overplane.crm.account.Caller;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.dynamodb.StoreUnavailableException;
import dev.overplane.crm.http.ErrorCode;
import dev.overplane.crm.json.Json;
import dev.overplane.crm.key.Authenticator;
import dev.overplane.crm.log.Log;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// The API's authorizer: looks up the API key of a request. A Lambda authorizer of type REQUEST, see [API
/// Gateway's
/// guide](https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html).
public final class AuthorizeFunction extends JsonFunction {

    /// Short enough that a client hears within 5 s even if the store is out of reach.
    private static final Duration TIME_LIMIT = Duration.ofMillis(2_500);

    private final Authenticator authenticator;
    private final RequestLog log;

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
        log = components.requestLog("Authorize");
    }

    @Override
    Json.Content handle(JsonNode event, Context context) {
        Deadline deadline = Deadline.in(TIME_LIMIT);
        AuthorizerRequest request = AuthorizerRequest.of(event);
        Optional<Caller> caller = caller(request, deadline, context);
        log(request, caller, caller.isPresent() ? 200 : 401, Optional.empty(), deadline, context);
        return new AuthorizerResponse(request.api(), caller)::writeTo;
    }

    private Optional<Caller> caller(AuthorizerRequest request, Deadline deadline, Context context) {
        try {
            return request.key().flatMap(key -> authenticator.authenticate(key, deadline));
        } catch (RuntimeException e) {
            // API Gateway then answers 503 by itself, with this request id.
            Log.error("authorizer_failure", e, fields -> fields.add("request_id", request.requestId()));
            ErrorCode code =
                    e instanceof StoreUnavailableException ? ErrorCode.STORE_UNAVAILABLE : ErrorCode.INTERNAL_ERROR;
            log(request, Optional.empty(), code.status(), Optional.of(code), deadline, context);
            throw e;
        }
    }

    private void log(
            AuthorizerRequest request,
            Optional<Caller> caller,
            int status,
            Optional<ErrorCode> error,
            Deadline deadline,
            Context context) {
        log.log("authorization", status, error, deadline, context, fields -> {
            fields.add("request_id", request.requestId());
            caller.ifPresent(known -> fields.add("key_id", known.keyId())
                    .add("account", known.tenant().account().value())
                    .add("livemode", known.tenant().livemode()));
        });
    }
}
