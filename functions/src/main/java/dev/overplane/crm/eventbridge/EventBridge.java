package dev.overplane.crm.eventbridge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.overplane.crm.dynamodb.FunctionCredentials;
import dev.overplane.crm.dynamodb.FunctionRegion;
import dev.overplane.crm.json.Json;
import dev.overplane.crm.json.MalformedJsonException;
import dev.overplane.crm.log.Log;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.regions.Region;

/// A bus of EventBridge. Makes the one call
/// [PutEvents](https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html) with the SDK's
/// own signer and HTTP client: the SDK's module for EventBridge would add 1.9 MB to every function.
///
/// Thread-safe.
public final class EventBridge implements EventBus {

    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(1);
    private static final Json RESPONSES = Json.ofDepth(8);

    private final String name;
    private final String source;
    private final Region region;
    private final URI endpoint;
    private final AwsCredentialsProvider credentials;
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
    private final SdkHttpClient http =
            AwsCrtHttpClient.builder().connectionTimeout(CONNECTION_TIMEOUT).build();

    private EventBridge(String name, String source, Region region, URI endpoint, AwsCredentialsProvider credentials) {
        this.name = name;
        this.source = source;
        this.region = region;
        this.endpoint = endpoint;
        this.credentials = credentials;
    }

    /// Reaches a bus as a Lambda function's environment variables say: `AWS_REGION`, the credentials of its
    /// role, and `AWS_ENDPOINT_URL_EVENTBRIDGE` or, as the SDK's clients have it, `AWS_ENDPOINT_URL` where
    /// EventBridge is not AWS's.
    ///
    /// @param name the bus
    /// @param source the source of all events
    public static EventBridge of(Map<String, String> environment, String name, String source) {
        Region region = FunctionRegion.of(environment);
        return new EventBridge(
                name, source, region, endpoint(environment, region), FunctionCredentials.of(environment));
    }

    static URI endpoint(Map<String, String> environment, Region region) {
        // `sam local` sets a variable without a value to the empty string.
        return Stream.of("AWS_ENDPOINT_URL_EVENTBRIDGE", "AWS_ENDPOINT_URL")
                .map(variable -> environment.getOrDefault(variable, ""))
                .filter(endpoint -> !endpoint.isBlank())
                .findFirst()
                .map(URI::create)
                .orElseGet(() -> FunctionRegion.endpoint(region, "events"));
    }

    @Override
    public int size(BusEvent event) {
        return event.size(source);
    }

    @Override
    public List<Boolean> put(List<BusEvent> events, Duration limit) {
        ExecutableHttpRequest request = request(events);
        var call = new FutureTask<>(() -> read(request.call()));
        Thread.ofVirtual().name("PutEvents").start(call);
        try {
            return call.get(limit.toMillis(), TimeUnit.MILLISECONDS).taken(events.size());
        } catch (TimeoutException e) {
            request.abort();
            throw new EventBusException("no answer within " + limit, e);
        } catch (ExecutionException e) {
            throw new EventBusException("the call failed", e);
        } catch (InterruptedException e) {
            request.abort();
            Thread.currentThread().interrupt();
            throw new EventBusException("interrupted", e);
        }
    }

    /// @param body the whole response body
    private record Response(int status, String body) {

        List<Boolean> taken(int events) {
            if (status != 200) {
                // Names the error, and holds nothing of the events.
                throw new EventBusException("status " + status + ": " + body);
            }
            JsonNode entries = entries();
            if (entries.size() != events) {
                throw new EventBusException("an answer about " + entries.size() + " of " + events + " events");
            }
            var taken = new ArrayList<Boolean>();
            for (JsonNode entry : entries) {
                taken.add(entry.path("EventId").isTextual());
                if (entry.has("ErrorCode")) {
                    Log.warn(
                            "event_refused",
                            fields -> fields.add("code", entry.path("ErrorCode").asText()));
                }
            }
            return taken;
        }

        private JsonNode entries() {
            try {
                return RESPONSES.read(body).path("Entries");
            } catch (MalformedJsonException e) {
                throw new EventBusException("an answer that is no JSON", e);
            }
        }
    }

    private ExecutableHttpRequest request(List<BusEvent> events) {
        byte[] body = body(events).getBytes(StandardCharsets.UTF_8);
        ContentStreamProvider payload = ContentStreamProvider.fromByteArrayUnsafe(body);

        SignedRequest signed = signer.sign(sign -> sign.identity(credentials.resolveCredentials())
                .request(SdkHttpRequest.builder()
                        .method(SdkHttpMethod.POST)
                        .uri(endpoint)
                        .encodedPath("/")
                        .putHeader("Host", host())
                        .putHeader("Content-Length", Integer.toString(body.length))
                        .putHeader("Content-Type", "application/x-amz-json-1.1")
                        .putHeader("X-Amz-Target", "AWSEvents.PutEvents")
                        .build())
                .payload(payload)
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "events")
                .putProperty(AwsV4HttpSigner.REGION_NAME, region.id()));
        return http.prepareRequest(HttpExecuteRequest.builder()
                .request(signed.request())
                .contentStreamProvider(signed.payload().orElse(payload))
                .build());
    }

    private String body(List<BusEvent> events) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("Entries");
            for (BusEvent event : events) {
                json.writeStartObject();
                json.writeStringField("EventBusName", name);
                json.writeStringField("Source", source);
                json.writeStringField("DetailType", event.type());
                json.writeNumberField("Time", event.time().getEpochSecond());
                json.writeStringField("Detail", event.detail());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private String host() {
        return endpoint.getPort() < 0 ? endpoint.getHost() : endpoint.getHost() + ":" + endpoint.getPort();
    }

    private static Response read(HttpExecuteResponse response) throws IOException {
        try (InputStream body =
                response.responseBody().<InputStream>map(stream -> stream).orElseGet(InputStream::nullInputStream)) {
            return new Response(
                    response.httpResponse().statusCode(), new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
