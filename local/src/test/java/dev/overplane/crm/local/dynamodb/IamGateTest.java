package dev.overplane.crm.local.dynamodb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.overplane.crm.local.http.TestClient;
import dev.overplane.crm.local.template.Function;
import dev.overplane.crm.local.template.Permission;
import dev.overplane.crm.local.template.Table;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/// What DynamoDB Local answers shows that it has got a request, and whole.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class IamGateTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String ARN = "arn:aws:dynamodb:eu-west-1:123456789012:table/";
    private static final String REFUSED = "com.amazon.coral.service#AccessDeniedException";

    private static EmbeddedDynamoDb dynamoDb;

    @BeforeAll
    static void start() {
        dynamoDb = EmbeddedDynamoDb.start(
                0,
                Optional.empty(),
                Optional.empty(),
                List.of(
                        function("Nothing"),
                        function(
                                "All",
                                "GetItem things",
                                "PutItem things",
                                "UpdateItem things",
                                "DeleteItem things",
                                "ConditionCheckItem things",
                                "BatchGetItem things",
                                "BatchWriteItem things",
                                "Query things",
                                "Query things/index/by_name",
                                "Scan things/index/by_name"),
                        function("Reader", "GetItem things", "PutItem others", "Query things"),
                        function("IndexReader", "Query things/index/by_name"),
                        function("Transactor", "TransactWriteItems things", "TransactGetItems things")));
        var id = new Table.KeyElement("id", "HASH");
        var name = new Table.Index("by_name", List.of(new Table.KeyElement("name", "HASH")), "ALL", List.of());
        TableCreator.createMissing(
                dynamoDb.url(),
                "eu-west-1",
                StaticCredentialsProvider.create(AwsBasicCredentials.create("setup", "setup")),
                List.of(new Table(
                        "Things",
                        "things",
                        List.of(new Table.Attribute("id", "S"), new Table.Attribute("name", "S")),
                        List.of(id),
                        List.of(name),
                        Optional.empty(),
                        Optional.empty())));
    }

    @AfterAll
    static void stop() {
        dynamoDb.close();
    }

    /// Each request, what it needs, and no more.
    private static final String REQUESTS = """
            GetItem            | {TableName: things, Key: {id: {S: a}}}                                                      | GetItem things
            PutItem            | {TableName: things, Item: {id: {S: a}}}                                                     | PutItem things
            UpdateItem         | {TableName: things, Key: {id: {S: a}}}                                                      | UpdateItem things
            DeleteItem         | {TableName: things, Key: {id: {S: a}}}                                                      | DeleteItem things
            Query              | {TableName: things, KeyConditions: {id: $is_a}}                                             | Query things
            Query              | {TableName: things, IndexName: by_name, KeyConditions: {name: $is_a}}                       | Query things/index/by_name
            Scan               | {TableName: things, IndexName: by_name}                                                     | Scan things/index/by_name
            BatchGetItem       | {RequestItems: {things: {Keys: [{id: {S: a}}]}}}                                            | BatchGetItem things
            BatchWriteItem     | {RequestItems: {things: [{PutRequest: {Item: {id: {S: a}}}}]}}                              | BatchWriteItem things
            TransactGetItems   | {TransactItems: [{Get: {TableName: things, Key: {id: {S: a}}}}]}                            | GetItem things
            TransactWriteItems | {TransactItems: [{Put: {TableName: things, Item: {id: {S: a}}}}]}                           | PutItem things
            TransactWriteItems | {TransactItems: [{Update: {TableName: things, Key: {id: {S: a}}, UpdateExpression: $set}}]} | UpdateItem things
            TransactWriteItems | {TransactItems: [{Delete: {TableName: things, Key: {id: {S: a}}}}]}                         | DeleteItem things
            TransactWriteItems | {TransactItems: [{ConditionCheck: {TableName: things, Key: {id: {S: b}}, ConditionExpression: $absent}}]} | ConditionCheckItem things
            """;

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = REQUESTS)
    void what_a_policy_allows_reaches_dynamodb(String operation, String request, String needed) throws Exception {
        var response = call("All", operation, request);
        assertEquals(200, response.statusCode(), response.body());
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = REQUESTS)
    void what_no_policy_allows_is_refused_in_iams_words(String operation, String request, String needed)
            throws Exception {
        var action = "dynamodb:" + needed.split(" ")[0];
        assertEquals(
                "User: arn:aws:sts::123456789012:assumed-role/Nothing/Nothing is not authorized to perform: " + action
                        + " on resource: " + ARN + needed.split(" ")[1]
                        + " because no identity-based policy allows the " + action + " action",
                refusal(call("Nothing", operation, request)));
    }

    /// The function may do something much like it.
    @ParameterizedTest(name = "{0}: {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
            Reader      | PutItem            | {TableName: things, Item: {id: {S: a}}}                            | PutItem on resource: $things
            Reader      | GetItem            | {TableName: others, Key: {id: {S: a}}}                             | GetItem on resource: $others
            Reader      | Query              | {TableName: things, IndexName: by_name}                            | Query on resource: $things/index/by_name
            IndexReader | Query              | {TableName: things}                                                | Query on resource: $things
            Reader      | BatchGetItem       | {RequestItems: {things: {Keys: [{id: {S: a}}]}}}                   | BatchGetItem on resource: $things
            Transactor  | TransactGetItems   | {TransactItems: [{Get: {TableName: things, Key: {id: {S: a}}}}]}   | GetItem on resource: $things
            Transactor  | TransactWriteItems | {TransactItems: [{Put: {TableName: things, Item: {id: {S: a}}}}]}  | PutItem on resource: $things
            Reader      | TransactWriteItems | {TransactItems: [{Put: {TableName: others}}, {Delete: {TableName: things}}]} | DeleteItem on resource: $things
            Reader      | TransactGetItems   | {TransactItems: [{Get: {TableName: things}}, {Get: {TableName: others}}]}    | GetItem on resource: $others
            All         | BatchWriteItem     | {RequestItems: {things: [], others: []}}                           | BatchWriteItem on resource: $others
            All         | ListTables         | {}                                                                 | ListTables on resource: * because
            All         | ExecuteStatement   | {Statement: x}                                                     | ExecuteStatement on resource: * because
            """)
    void one_missing_permission_is_enough(String function, String operation, String request, String message)
            throws Exception {
        var refusal = refusal(call(function, operation, request));
        assertTrue(refusal.contains(" dynamodb:" + message.replace("$", ARN)), refusal);
    }

    @Test
    void another_region_has_other_tables() throws Exception {
        var refusal = refusal(send(
                "GetItem",
                "{\"TableName\":\"things\",\"Key\":{\"id\":{\"S\":\"a\"}}}",
                "Authorization",
                authorization("All").replace("eu-west-1", "us-east-1")));
        assertTrue(refusal.contains("arn:aws:dynamodb:us-east-1:123456789012:table/things"), refusal);
    }

    @Test
    void whoever_is_no_function_may_do_everything() throws Exception {
        var response = call("operator", "ListTables", "{}");
        assertEquals("{\"TableNames\":[\"things\"]}", response.body());
    }

    @Test
    void a_request_without_credentials_is_for_dynamodb_to_judge() throws Exception {
        var response = send("GetItem", "{}");
        assertTrue(type(response).endsWith("#MissingAuthenticationToken"), response.body());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            GetItem            | ``
            GetItem            | {
            GetItem            | []
            GetItem            | {} {}
            TransactWriteItems | {}
            TransactWriteItems | {"TransactItems": "x"}
            TransactWriteItems | {"TransactItems": []}
            TransactGetItems   | {"TransactItems": ["x"]}
            BatchGetItem       | {"RequestItems": "x"}
            BatchWriteItem     | {}
            """)
    void what_is_not_understood_is_for_dynamodb_to_judge(String operation, String body) throws Exception {
        var operators = send(operation, body, "Authorization", authorization("operator"));
        var functions = send(operation, body, "Authorization", authorization("Nothing"));
        assertTrue(functions.statusCode() >= 400, functions.body());
        assertEquals(operators.statusCode(), functions.statusCode(), functions.body());
        assertEquals(operators.body(), functions.body());
    }

    @Test
    void a_request_without_an_operation_is_for_dynamodb_to_judge() throws Exception {
        var client = new TestClient(dynamoDb.url());
        var operators = client.send("POST", "/", "{}", "Authorization", authorization("operator"));
        var functions = client.send("POST", "/", "{}", "Authorization", authorization("Nothing"));
        assertEquals(operators.statusCode(), functions.statusCode());
        assertEquals(operators.body(), functions.body());
    }

    @Test
    void streams_are_read_by_lambda_in_a_functions_name() throws Exception {
        var response = new TestClient(dynamoDb.url())
                .send(
                        "POST",
                        "/",
                        "{}",
                        "X-Amz-Target",
                        "DynamoDBStreams_20120810.ListStreams",
                        "Authorization",
                        authorization("Nothing"),
                        "Content-Type",
                        "application/x-amz-json-1.0");
        assertEquals(200, response.statusCode(), response.body());
    }

    private static Function function(String id, String... permissions) {
        return new Function(
                id,
                id,
                "arn:" + id,
                "a.B",
                Duration.ofSeconds(1),
                128,
                Map.of(),
                Arrays.stream(permissions)
                        .map(permission -> permission.split(" "))
                        .map(parts -> new Permission("dynamodb:" + parts[0], ARN + parts[1]))
                        .collect(Collectors.toSet()));
    }

    /// @param request JSON without quotes
    private static HttpResponse<String> call(String caller, String operation, String request) throws Exception {
        var json = request.replace("$is_a", "{ComparisonOperator: EQ, AttributeValueList: [{S: a}]}")
                .replaceAll("([\\w$]+)", "\"$1\"")
                .replace("\"$set\"", "\"SET #n = id\", \"ExpressionAttributeNames\": {\"#n\": \"other\"}")
                .replace("\"$absent\"", "\"attribute_not_exists(id)\"");
        return send(operation, json, "Authorization", authorization(caller));
    }

    private static HttpResponse<String> send(String operation, String body, String... headers) throws Exception {
        var all = new ArrayList<>(List.of(
                "X-Amz-Target", "DynamoDB_20120810." + operation, "Content-Type", "application/x-amz-json-1.0"));
        all.addAll(List.of(headers));
        return new TestClient(dynamoDb.url()).send("POST", "/", body, all.toArray(String[]::new));
    }

    private static String authorization(String caller) {
        return "AWS4-HMAC-SHA256 Credential=" + caller
                + "/20260101/eu-west-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0";
    }

    private static String refusal(HttpResponse<String> response) throws Exception {
        assertEquals(400, response.statusCode(), response.body());
        assertEquals(REFUSED, type(response), response.body());
        return json(response).path("Message").asText();
    }

    private static String type(HttpResponse<String> response) throws Exception {
        return json(response).path("__type").asText();
    }

    private static JsonNode json(HttpResponse<String> response) throws Exception {
        return JSON.readTree(response.body());
    }
}
