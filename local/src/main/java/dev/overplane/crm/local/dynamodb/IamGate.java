package dev.overplane.crm.local.dynamodb;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.overplane.crm.local.http.AwsJson;
import dev.overplane.crm.local.template.Function;
import dev.overplane.crm.local.template.Permission;
import dev.overplane.crm.local.template.TemplateReader;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Refuses what a function's policies do not allow, as IAM does in front of DynamoDB. DynamoDB Local lets everybody
/// do everything.
///
/// A function's access key id is its logical id. Whoever has another or none may do everything, and so may whoever
/// reads streams, which Lambda does in a function's name. A function's request that is not understood passes too:
/// the engine says what is wrong with it. Thread-safe.
final class IamGate extends Handler.Wrapper {

    /// [SigV4](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html).
    private static final Pattern CREDENTIAL =
            Pattern.compile("Credential=(?<key>[^/,]+)/[^/,]+/(?<region>[^/,]+)/dynamodb/aws4_request");

    private static final String OPERATIONS = "DynamoDB_20120810.";

    private final Map<String, Set<Permission>> permissions;

    /// @param functions those whose policies are enforced
    IamGate(Handler engine, List<Function> functions) {
        super(engine);
        this.permissions =
                functions.stream().collect(Collectors.toUnmodifiableMap(Function::logicalId, Function::permissions));
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        var headers = request.getHeaders();
        var credential = CREDENTIAL.matcher(
                Optional.ofNullable(headers.get(HttpHeader.AUTHORIZATION)).orElse(""));
        var target = Optional.ofNullable(headers.get("X-Amz-Target")).orElse("");
        var function = credential.find() ? credential.group("key") : "";
        var allowed = permissions.get(function);
        if (allowed == null || !target.startsWith(OPERATIONS)) {
            return super.handle(request, response, callback);
        }
        var body = Content.Source.asByteBuffer(request);
        var refused = required(target.substring(OPERATIONS.length()), credential.group("region"), body).stream()
                .filter(permission -> !allowed.contains(permission))
                .findFirst();
        return refused.isPresent()
                ? refuse(response, callback, function, refused.get())
                : super.handle(new WithBody(request, body), response, callback);
    }

    private static List<Permission> required(String operation, String region, ByteBuffer body) {
        var required = new RequiredPermissions("arn:aws:dynamodb:" + region + ":" + TemplateReader.ACCOUNT + ":table/");
        var bytes = new byte[body.remaining()];
        body.duplicate().get(bytes);
        return AwsJson.parse(bytes)
                .map(request -> required.of(operation, request))
                .orElse(List.of());
    }

    /// Answers as DynamoDB does, whose other errors have a `message`, in the words of
    /// [IAM](https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html).
    private static boolean refuse(Response response, Callback callback, String function, Permission missing) {
        var user = "arn:aws:sts::" + TemplateReader.ACCOUNT + ":assumed-role/" + function + "/" + function;
        var body = JsonNodeFactory.instance
                .objectNode()
                .put("__type", "com.amazon.coral.service#AccessDeniedException")
                .put(
                        "Message",
                        "User: " + user + " is not authorized to perform: " + missing.action() + " on resource: "
                                + missing.resource() + " because no identity-based policy allows the "
                                + missing.action() + " action");
        return AwsJson.send(response, callback, HttpStatus.BAD_REQUEST_400, "application/x-amz-json-1.0", body);
    }

    /// A request whose body has been read, with that body.
    private static final class WithBody extends Request.Wrapper {

        private final Content.Source body;

        WithBody(Request request, ByteBuffer body) {
            super(request);
            this.body = Content.Source.from(body);
        }

        @Override
        public Content.Chunk read() {
            return body.read();
        }

        @Override
        public void demand(Runnable demandCallback) {
            body.demand(demandCallback);
        }

        @Override
        public void fail(Throwable failure) {
            body.fail(failure);
        }
    }
}
