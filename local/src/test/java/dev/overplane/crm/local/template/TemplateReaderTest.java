package dev.overplane.crm.local.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TemplateReaderTest {

    private static final String BASE = """
            Parameters:
              Stage: {Type: String, Default: v1}
              Count: {Type: Number, Default: 3}
            Conditions:
              IsV1: !Equals [!Ref Stage, v1]
              IsV2: !Equals [!Ref Stage, v2]
              Other: !And [!Equals [a, b], !Equals [a, a]]
              IsNotV2: !Not [!Equals [!Ref Stage, v2]]
            Globals:
              Function:
                Timeout: 15
                AutoPublishAlias: live
                Environment: {Variables: {SHARED: everywhere, OVERRIDDEN: nothing}}
            Resources:
              Api:
                Type: AWS::Serverless::Api
                Properties:
                  StageName: !Ref Stage
                  MergeDefinitions: true
                  DefinitionBody:
                    openapi: 3.0.1
                    paths:
                      /{rest+}:
                        x-amazon-apigateway-any-method: &nothing
                          security: [{NONE: []}]
                          x-amazon-apigateway-integration:
                            type: mock
                            passthroughBehavior: never
                            requestTemplates: {application/json: '{"statusCode":404}'}
                            responses:
                              default:
                                statusCode: "404"
                                responseParameters: {method.response.header.Allow: "'GET'"}
                                responseTemplates: {application/json: nothing}
                      /open:
                        put: {<<: *nothing, security: []}
                  Auth:
                    DefaultAuthorizer: Guard
                    Authorizers:
                      Guard:
                        FunctionArn: !Ref GuardFunction.Alias
                        FunctionPayloadType: REQUEST
                        Identity: {Headers: [Authorization], ReauthorizeEvery: 50}
                  GatewayResponses:
                    UNAUTHORIZED:
                      StatusCode: 401
                      ResponseParameters: {Headers: {A: "'b'"}}
                      ResponseTemplates: {application/json: "{}"}
                    DEFAULT_4XX: {}
              GuardFunction:
                Type: AWS::Serverless::Function
                Properties: {Handler: "a.Guard::handleRequest", Timeout: 5, MemorySize: 512}
              Thing:
                Type: AWS::DynamoDB::Table
                Properties:
                  AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
                  KeySchema: [{AttributeName: id, KeyType: HASH}]
                  StreamSpecification: {StreamViewType: NEW_IMAGE}
              Other:
                Type: AWS::DynamoDB::Table
                Properties: {AttributeDefinitions: [], KeySchema: []}
              Named:
                Type: AWS::DynamoDB::Table
                Properties: {TableName: !Sub "${AWS::StackName}-${Stage}", AttributeDefinitions: [], KeySchema: []}
              ThingFunction:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: a.Thing::handleRequest
                  DeadLetterQueue: {TargetArn: !ImportValue other-stack}
                  Environment: {Variables: {OVERRIDDEN: yes it is, VALUE: $value}}
                  Events:
                    Get: {Type: Api, Properties: {RestApiId: !Ref Api, Method: get, Path: "/things/{id}"}}
                    Nightly: {Type: ScheduleV2, Properties: {ScheduleExpression: rate(1 day)}}
                    Open: {Type: Api, Properties: {RestApiId: !Ref Api, Method: get, Path: /open, Auth: {Authorizer: NONE}}}
            """;

    @TempDir
    private Path directory;

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(delimiter = '|', textBlock = """
            plain                                                        | plain
            !Ref Stage                                                   | v1
            !Ref Count                                                   | 3
            !Ref Thing                                                   | market-segment-local-Thing
            !Ref Named                                                   | market-segment-local-v1
            !GetAtt Named.Arn                                            | arn:aws:dynamodb:eu-west-1:123456789012:table/market-segment-local-v1
            !Ref Api                                                     | local00api
            !Ref AWS::Region                                             | eu-west-1
            !Ref AWS::StackName                                          | market-segment-local
            !Ref GuardFunction.Alias                                     | arn:aws:lambda:eu-west-1:123456789012:function:market-segment-local-GuardFunction:live
            !GetAtt Thing.Arn                                            | arn:aws:dynamodb:eu-west-1:123456789012:table/market-segment-local-Thing
            !GetAtt [Thing, Arn]                                         | arn:aws:dynamodb:eu-west-1:123456789012:table/market-segment-local-Thing
            {"Fn::GetAtt": [Thing, Arn]}                                 | arn:aws:dynamodb:eu-west-1:123456789012:table/market-segment-local-Thing
            !GetAtt Thing.StreamArn                                      | arn:aws:dynamodb:eu-west-1:123456789012:table/market-segment-local-Thing/stream/local
            !GetAtt GuardFunction.Arn                                    | arn:aws:lambda:eu-west-1:123456789012:function:market-segment-local-GuardFunction
            !Sub "${Thing}-${Stage}-${AWS::AccountId}"                   | market-segment-local-Thing-v1-123456789012
            !Sub "${Thing.Arn}/index/x"                                  | arn:aws:dynamodb:eu-west-1:123456789012:table/market-segment-local-Thing/index/x
            !Sub "${GuardFunction.Arn}:live"                             | arn:aws:lambda:eu-west-1:123456789012:function:market-segment-local-GuardFunction:live
            !Sub "${GuardFunction.Alias}"                                | arn:aws:lambda:eu-west-1:123456789012:function:market-segment-local-GuardFunction:live
            !Sub "${!Literal}"                                           | ${Literal}
            !Sub ["${a}-${Stage}", {a: b}]                               | b-v1
            !Sub ["${Stage}/${a}", {Stage: own, a: !If [IsV1, !Ref Thing, b]}] | own/market-segment-local-Thing
            !Sub ["${Thing.Arn}", {}]                                    | arn:aws:dynamodb:eu-west-1:123456789012:table/market-segment-local-Thing
            !If [IsV1, one, other]                                       | one
            !If [IsNotV2, one, other]                                    | one
            !If [IsV2, one, !Ref Stage]                                  | v1
            """)
    void intrinsic_functions_are_evaluated(String expression, String expected) throws IOException {
        assertEquals(
                expected,
                function(read(BASE.replace("$value", expression)), "ThingFunction")
                        .environment()
                        .get("VALUE"));
    }

    @Test
    void no_value_removes_its_member() throws IOException {
        var template = read(BASE.replace("$value", "!If [IsV2, x, !Ref AWS::NoValue]"));
        assertEquals(
                Map.of("SHARED", "everywhere", "OVERRIDDEN", "yes it is"),
                function(template, "ThingFunction").environment());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            !Ref Nobody                      | VALUE refers to Nobody, which the template does not have
            !Sub "${Nobody}"                 | VALUE refers to Nobody, which the template does not have
            !GetAtt Other.StreamArn          | VALUE reads Other.StreamArn, which the local stack does not know
            !GetAtt Api.Arn                  | VALUE reads Api.Arn, which the local stack does not know
            !GetAtt Thing                    | VALUE must give Fn::GetAtt a list of 2
            !Sub ["${a}", {b: c}]            | VALUE refers to a, which the template does not have
            !Sub ["${a}", {a: [b]}]          | VALUE calls a function with what must be text
            !Sub ["${a}"]                    | VALUE must give Fn::Sub a list of 2
            !Sub ["${a}", b]                 | VALUE must give Fn::Sub a map of what to put in
            !Sub {a: b}                      | VALUE calls a function with what must be text
            !Join ["-", [a, b]]              | VALUE calls Fn::Join, which the local stack does not know
            !ImportValue other               | VALUE calls Fn::ImportValue, which the local stack does not know
            !If [Nothing, a, b]              | VALUE names no condition: Nothing
            !If [IsV1, a]                    | VALUE must give Fn::If a list of 3
            !If [Other, a, b]                | Conditions.Other must be !Equals, or !Not of it
            [a, b]                           | VALUE must be text
            """)
    void any_other_function_or_reference_is_an_error(String expression, String message) {
        var error = assertThrows(TemplateException.class, () -> read(BASE.replace("$value", expression)));
        assertTrue(error.getMessage().contains(message), error.getMessage());
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            Get: {Type: Api               | Get: {Type: SQS            | is of type SQS: the local stack runs events of type Api and schedules only
            MergeDefinitions: true        | MergeDefinitions: false    | MergeDefinitions must be true
            type: mock                    | type: http                 | type must be mock
            Behavior: never               | Behavior: when_no_match    | passthroughBehavior must be never
            '{"statusCode":404}'          | '{"statusCode":405}'       | must be {"statusCode": 404}
            method.response.header.Allow  | method.response.body       | may set headers only
            Method: get                   | Method: fetch              | Method cannot be FETCH
            "/things/{id}"                | "/{all+}/things"           | is not a path of segments
            StageName: !Ref Stage         | StageName: [x]             | StageName must be text
            FunctionPayloadType: REQUEST  | FunctionPayloadType: TOKEN | must be REQUEST
            Headers: [Authorization]      | QueryStrings: [key]        | must be one header
            DefaultAuthorizer: Guard      | DefaultAuthorizer: Other   | names no authorizer: Other
            {Type: String, Default: v1}   | {Type: String}             | needs a Default
            KeyType: HASH                 | KeyType: HASHED            | KeyType cannot be HASHED
            !Ref GuardFunction.Alias      | arn:aws:lambda:x           | is no function of this template
            RestApiId: !Ref Api           | RestApiId: other           | belongs to no API of this template
            Timeout: 15                   | Timeout: soon              | Timeout must be a whole number
            "${AWS::StackName}-${Stage}"  | "${Thing}-1"               | must be made of parameters
            !Sub "${AWS::StackName}-      | !Join "${AWS::StackName}-  | must be plain text or its !Sub
            Type: AWS::Serverless::Api    | Type: AWS::Other::Api      | exactly one AWS::Serverless::Api, not 0
            Globals:                      | Resources:                 | is not YAML
            """)
    void whatever_the_stack_does_not_support_is_an_error(String part, String replacement, String message) {
        var error = assertThrows(
                TemplateException.class, () -> read(BASE.replace("$value", "x").replace(part, replacement)));
        assertTrue(error.getMessage().contains(message), error.getMessage());
    }

    @Test
    void a_missing_file_is_an_error() {
        var error = assertThrows(
                TemplateException.class, () -> TemplateReader.read(directory.resolve("none.yaml"), "eu-west-1"));
        assertTrue(error.getMessage().contains("cannot be read"), error.getMessage());
    }

    @Test
    void the_properties_of_a_function_override_the_globals() throws IOException {
        var template = read(BASE.replace("$value", "x"));
        assertEquals(Duration.ofSeconds(15), function(template, "ThingFunction").timeout());
        assertEquals(128, function(template, "ThingFunction").memory());
        assertEquals(Duration.ofSeconds(5), function(template, "GuardFunction").timeout());
        assertEquals(512, function(template, "GuardFunction").memory());
        assertEquals(
                Map.of("SHARED", "everywhere", "OVERRIDDEN", "nothing"),
                function(template, "GuardFunction").environment());
    }

    @Test
    void routes_authorizer_and_gateway_responses_are_read() throws IOException {
        var api = read(BASE.replace("$value", "x")).api();
        assertEquals("v1", api.stage());
        var nothing = new Route.Integration.Mock(
                Set.of("application/json"),
                new ResponseTemplate(
                        OptionalInt.of(404), Map.of("Allow", "'GET'"), Map.of("application/json", "nothing")));
        assertEquals(
                List.of(
                        Route.toFunction("GET", "/things/{id}", "ThingFunction", true),
                        Route.toFunction("GET", "/open", "ThingFunction", false),
                        new Route("ANY", "/{rest+}", nothing, false),
                        new Route("PUT", "/open", nothing, true)),
                api.routes());
        assertEquals(
                Optional.of(new AuthorizerSettings("GuardFunction", "Authorization", Duration.ofSeconds(50))),
                api.authorizer());
        assertEquals(
                Map.of(
                        "UNAUTHORIZED",
                                new ResponseTemplate(
                                        OptionalInt.of(401), Map.of("A", "'b'"), Map.of("application/json", "{}")),
                        "DEFAULT_4XX", new ResponseTemplate(OptionalInt.empty(), Map.of(), Map.of())),
                api.gatewayResponses());
    }

    @Test
    void a_resource_whose_condition_does_not_hold_is_omitted() throws IOException {
        var template = read(BASE.replace("$value", "x").replace("  Thing:\n", "  Thing:\n    Condition: IsV2\n"));
        assertEquals(
                List.of("Other", "Named"),
                template.tables().stream().map(Table::logicalId).toList());
    }

    @Test
    void a_table_has_its_keys_indexes_time_to_live_and_stream() throws IOException {
        var template =
                read(BASE.replace("$value", "x").replace("StreamSpecification: {StreamViewType: NEW_IMAGE}", """
                StreamSpecification: {StreamViewType: NEW_IMAGE}
                      GlobalSecondaryIndexes:
                        - IndexName: by_time
                          KeySchema: [{AttributeName: id, KeyType: HASH}, {AttributeName: time, KeyType: RANGE}]
                          Projection: {ProjectionType: INCLUDE, NonKeyAttributes: [a]}
                      TimeToLiveSpecification: {AttributeName: expiry, Enabled: true}"""));
        var id = new Table.KeyElement("id", "HASH");
        assertEquals(
                new Table(
                        "Thing",
                        "market-segment-local-Thing",
                        List.of(new Table.Attribute("id", "S")),
                        List.of(id),
                        List.of(new Table.Index(
                                "by_time",
                                List.of(id, new Table.KeyElement("time", "RANGE")),
                                "INCLUDE",
                                List.of("a"))),
                        Optional.of("expiry"),
                        Optional.of("NEW_IMAGE")),
                template.tables().getFirst());
    }

    @Test
    void a_function_may_have_a_schedule() throws IOException {
        var schedule = BASE.replace(
                "{Type: ScheduleV2, Properties: {ScheduleExpression: rate(1 day)}}",
                "{Type: Schedule, Properties: {Schedule: rate(1 day)}}");
        assertEquals(
                List.of(new Schedule("ThingFunctionNightly", "ThingFunction", "rate(1 day)")),
                read(schedule.replace("$value", "x")).schedules());
    }

    private static final String MAPPING = """
            Mapping:
              Type: AWS::Lambda::EventSourceMapping
              Properties:
                EventSourceArn: !GetAtt Thing.StreamArn
                FunctionName: !Ref ThingFunction
                StartingPosition: TRIM_HORIZON
            """.indent(2);

    @Test
    void a_stream_mapping_has_lambdas_defaults() throws IOException {
        assertEquals(
                List.of(new StreamMapping(
                        "Thing",
                        "ThingFunction",
                        100,
                        Duration.ZERO,
                        List.of(),
                        false,
                        false,
                        OptionalInt.empty(),
                        Optional.empty(),
                        Optional.empty())),
                read(BASE.replace("$value", "x") + MAPPING).streamMappings());
    }

    @Test
    void a_stream_mapping_has_what_it_says() throws IOException {
        var mapping = MAPPING.replace("ThingFunction", "GuardFunction.Alias") + """
                      BatchSize: 7
                      MaximumBatchingWindowInSeconds: 2
                      FilterCriteria: {Filters: [{Pattern: '{"a":[1]}'}]}
                      FunctionResponseTypes: [ReportBatchItemFailures]
                      BisectBatchOnFunctionError: true
                      MaximumRetryAttempts: 3
                      MaximumRecordAgeInSeconds: 60
                      DestinationConfig: {OnFailure: {Destination: !GetAtt Failures.Arn}}
                  Failures:
                    Type: AWS::SQS::Queue
                """;
        assertEquals(
                List.of(new StreamMapping(
                        "Thing",
                        "GuardFunction",
                        7,
                        Duration.ofSeconds(2),
                        List.of("{\"a\":[1]}"),
                        true,
                        true,
                        OptionalInt.of(3),
                        Optional.of(Duration.ofMinutes(1)),
                        Optional.of("arn:aws:sqs:eu-west-1:123456789012:market-segment-local-Failures"))),
                read(BASE.replace("$value", "x") + mapping).streamMappings());
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            TRIM_HORIZON            | LATEST                                        | must be TRIM_HORIZON
            !GetAtt Thing.StreamArn | !GetAtt Thing.Arn                             | is no stream of a table
            !Ref ThingFunction      | other                                         | is no function of this template
            TRIM_HORIZON            | TRIM_HORIZON~ParallelizationFactor: 2         | ParallelizationFactor is not supported
            TRIM_HORIZON            | TRIM_HORIZON~FunctionResponseTypes: [Other]   | cannot have Other
            """)
    void a_stream_mapping_that_is_not_supported_is_an_error(String part, String replacement, String message) {
        var error = assertThrows(
                TemplateException.class,
                () -> read(BASE.replace("$value", "x") + MAPPING.replace(part, replacement.replace("~", "\n      "))));
        assertTrue(error.getMessage().contains(message), error.getMessage());
    }

    @Test
    void there_is_one_event_bus_at_most() throws IOException {
        var bus = "  Bus:\n    Type: AWS::Events::EventBus\n";
        assertEquals(
                Optional.of("market-segment-local-Bus"),
                read(BASE.replace("$value", "x") + bus).eventBus());
        var error = assertThrows(
                TemplateException.class, () -> read(BASE.replace("$value", "x") + bus + bus.replace("Bus:", "Bus2:")));
        assertTrue(error.getMessage().contains("not 2"), error.getMessage());
    }

    /// A route without the authorizer would be open to everybody.
    @Test
    void the_routes_to_functions_of_the_projects_template_have_the_authorizer_and_the_others_do_not() {
        var routes = TemplateReader.read(Path.of("..", "template.yaml"), "eu-west-1")
                .api()
                .routes();
        assertFalse(routes.isEmpty());
        assertEquals(
                List.of(),
                routes.stream()
                        .filter(route -> route.authorized() != (route.integration() instanceof Route.Integration.Proxy))
                        .toList());
    }

    /// The functions' environment variables name the tables, and each table's name must be that of some
    /// function.
    @Test
    void every_table_of_the_projects_template_is_known_to_a_function() {
        var template = TemplateReader.read(Path.of("..", "template.yaml"), "eu-west-1");
        var known = template.functions().stream()
                .flatMap(function -> function.environment().values().stream())
                .toList();
        assertFalse(template.tables().isEmpty());
        assertEquals(
                List.of(),
                template.tables().stream()
                        .map(Table::name)
                        .filter(name -> !known.contains(name))
                        .toList());
    }

    private Template read(String yaml) throws IOException {
        return TemplateReader.read(Files.writeString(directory.resolve("template.yaml"), yaml), "eu-west-1");
    }

    private static Function function(Template template, String id) {
        return template.functions().stream()
                .filter(f -> f.logicalId().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
