import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.Map;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Retrieves a market segment with as little code as the AWS SDK allows, and none of the contract: the yardstick of a
/// plain start.
public final class RawSdkFunction implements RequestStreamHandler {

    private final ObjectMapper mapper = new ObjectMapper();
    private final DynamoDbClient client = DynamoDbClient.builder()
            .httpClient(UrlConnectionHttpClient.create())
            .endpointOverride(URI.create(System.getenv("AWS_ENDPOINT_URL_DYNAMODB")))
            .build();

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        JsonNode event = mapper.readTree(in);
        JsonNode authorizer = event.path("requestContext").path("authorizer");
        Map<String, AttributeValue> item = client.getItem(get -> get.tableName(System.getenv("SEGMENTS_TABLE"))
                        .key(Map.of(
                                "tenant",
                                        AttributeValue.fromS(
                                                authorizer.path("account").asText() + "/test"),
                                "id",
                                        AttributeValue.fromS(event.path("pathParameters")
                                                .path("id")
                                                .asText())))
                        .consistentRead(true))
                .item();
        String body = mapper.writeValueAsString(Map.of(
                "id", item.get("id").s(), "created_at", item.get("created_at").n()));
        mapper.writeValue(out, Map.of("statusCode", 200, "headers", Map.of(), "body", body));
    }
}
