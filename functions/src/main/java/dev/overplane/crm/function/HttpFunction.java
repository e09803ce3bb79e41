package dev.overplane.crm.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.overplane.crm.account.Scope;
import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.CorruptItemException;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.dynamodb.StoreUnavailableException;
import dev.overplane.crm.http.ApiException;
import dev.overplane.crm.http.ErrorCode;
import dev.overplane.crm.http.HttpRequest;
import dev.overplane.crm.http.HttpResponse;
import dev.overplane.crm.json.Json;
import dev.overplane.crm.json.MalformedJsonException;
import dev.overplane.crm.log.Log;
import dev.overplane.crm.segment.SegmentId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// One operation of the HTTP API: decodes the request, hands it to the operation, and turns every failure into
/// the error envelope. A stream handler, because the runtime's typed events cost 150 to 210 ms of a cold
/// start.
///
/// Thread-safe if the operation is.
///
/// @param <S> what the operation does to segments: those of the caller's tenant, and no others
public abstract class HttpFunction<S> implements RequestStreamHandler {

    /// After this time the client gets a 503: before the function (15 s) or the gateway (29 s) gives up, and
    /// within the 5 s that a client should wait at most for a failure.
    private static final Duration TIME_LIMIT = Duration.ofSeconds(3);

    private static final String RETRY_AFTER_SECONDS = "1";

    private final Scope required;
    private final RequestLog log;
    private final InstantSource clock;
    private final String errorReferenceUrl;
    private final Function<Tenant, S> segments;

    /// @param required the least scope with which the operation may be called
    /// @param log has a line for each request
    /// @param clock tells whether a key has expired
    /// @param errorReferenceUrl where the errors are explained
    /// @param segments opens those of the tenant that the key belongs to
    HttpFunction(
            Scope required,
            RequestLog log,
            InstantSource clock,
            String errorReferenceUrl,
            Function<Tenant, S> segments) {
        this.required = required;
        this.log = log;
        this.clock = clock;
        this.errorReferenceUrl = errorReferenceUrl;
        this.segments = segments;
    }

    /// Serves a request. `HEAD` gets the response to `GET`, body included: to keep the body back and send its
    /// length is the part of the HTTP server, which is API Gateway.
    ///
    /// @param segments the caller's
    /// @param deadline when the client gets a 503 instead
    /// @throws ApiException if the response is an error
    /// @throws StoreUnavailableException if the store could not be reached in time
    abstract HttpResponse handle(HttpRequest request, S segments, Deadline deadline);

    @Override
    public final void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        Deadline deadline = Deadline.in(TIME_LIMIT);
        HttpResponse response = respond(in, deadline, context);
        Json.write(out, response::writeTo);
    }

    /// A response, and the contract's code if it is an error.
    private record Answer(HttpResponse response, Optional<ErrorCode> error) {

        Answer withHeader(String name, String value) {
            return new Answer(response.withHeader(name, value), error);
        }
    }

    private HttpResponse respond(InputStream in, Deadline deadline, Context context) throws IOException {
        HttpRequest request;
        try {
            request = HttpRequest.of(Json.read(in));
        } catch (MalformedJsonException | RuntimeException e) {
            // The event would tell API Gateway's request id: Lambda's has to do.
            String requestId = context.getAwsRequestId();
            Answer answer = internalError(e, requestId).withHeader("Request-Id", requestId);
            log(answer, deadline, context, fields -> fields.add("request_id", requestId));
            return answer.response();
        }
        Answer answer = answer(request, deadline).withHeader("Request-Id", request.requestId());
        log(answer, deadline, context, fields -> {
            fields.add("request_id", request.requestId())
                    .add("gateway_request_id", request.gatewayRequestId())
                    .add("key_id", request.caller().keyId())
                    .add("account", request.caller().tenant().account().value())
                    .add("livemode", request.caller().tenant().livemode())
                    .add("method", request.method())
                    .add("path", request.path());
            id(request, answer.response()).ifPresent(id -> fields.add("id", id.value()));
        });
        return answer.response();
    }

    private void log(Answer answer, Deadline deadline, Context context, Consumer<Log.Fields> request) {
        log.log("request", answer.response().status(), answer.error(), deadline, context, request);
    }

    /// The object of a request, or the one that it has created. Whatever else stands in the path may be a secret in
    /// the wrong place.
    private static Optional<SegmentId> id(HttpRequest request, HttpResponse response) {
        return SegmentRequests.wellFormedId(request)
                .or(() -> Optional.ofNullable(response.headers().get("Location"))
                        .flatMap(location -> SegmentId.parse(location.substring(location.lastIndexOf('/') + 1))));
    }

    private Answer answer(HttpRequest request, Deadline deadline) {
        try {
            // API Gateway looks at one Authorization header, and keeps what the authorizer said of it until
            // after the key has expired.
            if (request.authorizations() > 1 || request.caller().isExpired(clock.instant())) {
                return error(invalidKey(), request.requestId()).withHeader("WWW-Authenticate", "Bearer");
            }
            if (required == Scope.READ_WRITE && request.caller().scope() == Scope.READ_ONLY) {
                throw new ApiException(
                        ErrorCode.API_KEY_READ_ONLY,
                        null,
                        "This API key may only read: use one with the scope read_write.");
            }
            return new Answer(handle(request, segments.apply(request.caller().tenant()), deadline), Optional.empty());
        } catch (ApiException e) {
            return error(e, request.requestId());
        } catch (StoreUnavailableException e) {
            Log.error("store_unavailable", e, fields -> fields.add("request_id", request.requestId()));
            return error(
                            new ApiException(
                                    ErrorCode.STORE_UNAVAILABLE,
                                    null,
                                    "The service is busy just now: try again in a moment, with the same Idempotency-Key if it was a write."),
                            request.requestId())
                    .withHeader("Retry-After", RETRY_AFTER_SECONDS);
        } catch (CorruptItemException e) {
            deadline.usage().foundDamaged();
            return internalError(e, request.requestId());
        } catch (RuntimeException e) {
            return internalError(e, request.requestId());
        }
    }

    /// In the words that the template has for a key that the authorizer refuses.
    private static ApiException invalidKey() {
        return new ApiException(
                ErrorCode.API_KEY_INVALID,
                null,
                "The API key is not valid: check that it is whole, and that it has neither expired nor been revoked.");
    }

    private Answer internalError(Exception e, String requestId) {
        Log.error("internal_error", e, fields -> fields.add("request_id", requestId));
        return error(
                new ApiException(
                        ErrorCode.INTERNAL_ERROR,
                        null,
                        "Something went wrong on our side: try again, and contact us with the request id if it persists."),
                requestId);
    }

    private Answer error(ApiException error, String requestId) {
        return new Answer(HttpResponse.of(error, requestId, errorReferenceUrl), Optional.of(error.code()));
    }
}
