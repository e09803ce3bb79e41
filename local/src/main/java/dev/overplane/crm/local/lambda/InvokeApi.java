package dev.overplane.crm.local.lambda;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.overplane.crm.local.http.RequestBody;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Serves Lambda's Invoke API, and its PutFunctionConcurrency and DeleteFunctionConcurrency, which throttle a
/// function. Does not check signatures: every process on this machine may invoke.
public final class InvokeApi extends Handler.Abstract {

    private static final Pattern PATH = Pattern.compile("/2015-03-31/functions/([^/]+)/invocations");
    private static final Pattern CONCURRENCY_PATH = Pattern.compile("/2017-10-31/functions/([^/]+)/concurrency");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final LambdaService lambda;

    public InvokeApi(LambdaService lambda) {
        this.lambda = lambda;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws IOException {
        var concurrencyPath = CONCURRENCY_PATH.matcher(request.getHttpURI().getPath());
        if (concurrencyPath.matches()) {
            return concurrency(decode(concurrencyPath.group(1)), request, response, callback);
        }
        var path = PATH.matcher(request.getHttpURI().getPath());
        if (!request.getMethod().equals("POST") || !path.matches()) {
            return unknownOperation(response, callback);
        }
        var name = decode(path.group(1));
        var function = lambda.find(name);
        if (function.isEmpty()) {
            return error(response, callback, 404, "ResourceNotFoundException", "Function not found: " + name);
        }
        var body = RequestBody.read(request, LambdaFunction.PAYLOAD_LIMIT);
        if (body.isEmpty()) {
            var message = "Request must be smaller than " + LambdaFunction.PAYLOAD_LIMIT
                    + " bytes for the InvokeFunction operation";
            return error(response, callback, 413, "RequestTooLargeException", message);
        }
        var payload = body.get().length == 0 ? "{}".getBytes(StandardCharsets.UTF_8) : body.get();
        if (!isJson(payload)) {
            return error(
                    response,
                    callback,
                    400,
                    "InvalidRequestContentException",
                    "Could not parse request body into json");
        }
        return switch (header(request, "X-Amz-Invocation-Type", "RequestResponse")) {
            case "RequestResponse" ->
                respond(request, response, callback, function.get().invoke(payload));
            case "Event" -> {
                Thread.ofVirtual().start(() -> function.get().invoke(payload));
                yield send(response, callback, 202, new byte[0]);
            }
            case "DryRun" -> send(response, callback, 204, new byte[0]);
            case String other ->
                error(
                        response,
                        callback,
                        400,
                        "InvalidParameterValueException",
                        "There is no invocation type " + other + ".");
        };
    }

    private boolean concurrency(String name, Request request, Response response, Callback callback) throws IOException {
        var function = lambda.find(name);
        if (function.isEmpty()) {
            return error(response, callback, 404, "ResourceNotFoundException", "Function not found: " + name);
        }
        return switch (request.getMethod()) {
            case "PUT" -> reserveConcurrency(function.get(), request, response, callback);
            case "DELETE" -> {
                function.get().releaseConcurrency();
                yield send(response, callback, 204, new byte[0]);
            }
            default -> unknownOperation(response, callback);
        };
    }

    private static boolean reserveConcurrency(
            LambdaFunction function, Request request, Response response, Callback callback) throws IOException {
        var body = RequestBody.read(request, LambdaFunction.PAYLOAD_LIMIT).orElseGet(() -> new byte[0]);
        var limit = isJson(body) ? JSON.readTree(body).path("ReservedConcurrentExecutions") : MissingNode.getInstance();
        if (!limit.canConvertToInt() || limit.intValue() < 0) {
            return error(
                    response,
                    callback,
                    400,
                    "InvalidParameterValueException",
                    "ReservedConcurrentExecutions must be a whole number from 0.");
        }
        function.reserveConcurrency(limit.intValue());
        return send(response, callback, 200, body);
    }

    private static boolean unknownOperation(Response response, Callback callback) {
        return error(response, callback, 404, "UnknownOperationException", "The local stack has no such operation.");
    }

    private static boolean respond(Request request, Response response, Callback callback, Invocation invocation) {
        response.getHeaders().put("x-amzn-RequestId", invocation.requestId());
        if (invocation.outcome() instanceof Outcome.Throttled) {
            response.getHeaders().put("x-amzn-errortype", "TooManyRequestsException");
            return send(response, callback, 429, invocation.outcome().payload());
        }
        response.getHeaders().put("X-Amz-Executed-Version", LambdaFunction.VERSION);
        if (invocation.outcome() instanceof Outcome.Failed) {
            response.getHeaders().put("X-Amz-Function-Error", "Unhandled");
        }
        if (header(request, "X-Amz-Log-Type", "None").equals("Tail")) {
            var log = invocation.log().getBytes(StandardCharsets.UTF_8);
            response.getHeaders().put("X-Amz-Log-Result", Base64.getEncoder().encodeToString(log));
        }
        return send(response, callback, 200, invocation.outcome().payload());
    }

    private static boolean error(Response response, Callback callback, int status, String type, String message) {
        response.getHeaders().put("x-amzn-errortype", type);
        var body = JSON.createObjectNode()
                .put("Type", "User")
                .put("Message", message)
                .toString();
        return send(response, callback, status, body.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean send(Response response, Callback callback, int status, byte[] body) {
        response.setStatus(status);
        if (!response.getHeaders().contains("x-amzn-RequestId")) {
            response.getHeaders().put("x-amzn-RequestId", UUID.randomUUID().toString());
        }
        if (body.length > 0) {
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        }
        response.write(true, ByteBuffer.wrap(body), callback);
        return true;
    }

    /// Responds to a request that the HTTP server itself rejects.
    public static boolean rejectMalformed(Request request, Response response, Callback callback) {
        return error(
                response,
                callback,
                response.getStatus(),
                "InvalidRequestContentException",
                "The request is not valid HTTP.");
    }

    private static String header(Request request, String name, String defaultValue) {
        var value = request.getHeaders().get(name);
        return value == null ? defaultValue : value;
    }

    private static String decode(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // Invalid percent-encoding: no function has this name.
            return segment;
        }
    }

    private static boolean isJson(byte[] payload) {
        try {
            return !JSON.readTree(payload).isMissingNode();
        } catch (IOException e) {
            // Reading from an array fails only if it is not JSON.
            return false;
        }
    }
}
