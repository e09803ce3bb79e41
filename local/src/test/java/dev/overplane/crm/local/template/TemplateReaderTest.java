package dev.overplane.crm.local.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateReaderTest {

    private static final String BASE = """
            Parameters:
              Stage: {Type: String, Default: v1}
              Count: {Type: Number, Default: 3}
            Conditions:
              IsV1: !Equals [!Ref Stage, v1]
              IsNotV1: !Not [!Condition IsV1]
              Both: !And [!Condition IsV1, !Condition IsNotV1]
              Either: !Or [!Condition IsV1, !Condition IsNotV1]
            Globals:
              Function:
                Timeout: 15
                Environment: {Variables: {SHARED: everywhere, OVERRIDDEN: nothing}}
            Resources:
              Api:
                Type: AWS::Serverless::Api
                Properties:
                  StageName: !Ref Stage
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
              ThingFunction:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: a.Thing::handleRequest
                  Policies: [{Resource: !ImportValue other-stack}]
                  Environment: {Variables: {OVERRIDDEN: yes it is, VALUE: $value}}
                  Events:
                    Get: {Type: Api, Properties: {RestApiId: !Ref Api, Method: get, Path: "/things/{id}"}}
                    Open: {Type: Api, Properties: {RestApiId: !Ref Api, Method: get, Path: /open, Auth: {Authorizer: NONE}}}
                    Nightly: {Type: Schedule, Properties: {Schedule: rate(1 day)}}
            """;

    @TempDir
    private Path directory;

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(delimiter = '|', textBlock = """
            plain                                                        | plain
            !Ref Stage                                                   | v1
            !Ref Count                                                   | 3
            !Ref Thing                                                   | market-segment-local-Thing
            !Ref Api                                                     | local00api
            !Ref AWS::Region                                             | eu-west-1
            !Ref AWS::StackName                                          | market-segment-local
            !Ref GuardFunction.Alias                                     | arn:aws:lambda:eu-west-1:123456789012:function:market-segment-local-GuardFunction:live
            !GetAtt Thing.Arn                                            | arn:aws:dynamodb:eu-west-1:123456789012:table/market-segment-local-Thing
            !GetAtt [Thing, Arn]                                         | arn:aws:dynamodb:eu-west-1:123456789012:table/market-segment-local-Thing
            !Sub "${Thing}-${Stage}-${AWS::AccountId}"                   | market-segment-local-Thing-v1-123456789012
            !Sub "${Thing.Arn}/index/x"                                  | arn:aws:dynamodb:eu-west-1:123456789012:table/market-segment-local-Thing/index/x
            !Sub ["${a}-${Stage}", {a: !Ref Count}]                      | 3-v1
            !Sub "${!Literal}"                                           | ${Literal}
            !Join ["-", [a, !Ref Stage]]                                 | a-v1
            !Select [1, [a, b]]                                          | b
            !Select [1, !Split [",", "a,b"]]                             | b
            !If [IsV1, one, other]                                       | one
            !If [IsNotV1, one, other]                                    | other
            !If [Both, one, other]                                       | other
            !If [Either, one, other]                                     | one
            {"Fn::Join": ["", [x, y]]}                                   | xy
            """)
    void intrinsicFunctionsAreResolved(String expression, String expected) throws IOException {
        assertEquals(
                expected,
                function(read(BASE.replace("$value", expression)), "ThingFunction")
                        .environment()
                        .get("VALUE"));
    }

    @Test
    void noValueRemovesWhatItStandsFor() throws IOException {
        var template = read(BASE.replace("$value", "!If [IsNotV1, x, !Ref AWS::NoValue]"));
        assertEquals(
                Map.of("SHARED", "everywhere", "OVERRIDDEN", "yes it is"),
                function(template, "ThingFunction").environment());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            !Ref Nobody                      | !Ref Nobody refers to nothing
            !GetAtt Thing.StreamArn          | !GetAtt Thing.StreamArn is not known
            !GetAtt Thing                    | Fn::GetAtt takes a resource and an attribute
            !Cidr [a, b]                     | Fn::Cidr is not known
            !ImportValue other               | Fn::ImportValue is not known
            !Select [2, [a, b]]              | Fn::Select cannot take 2
            !If [Nothing, a, b]              | there is no condition Nothing
            !Sub "${Nobody}"                 | !Ref Nobody refers to nothing
            [a, b]                           | VALUE must be text
            """)
    void whatCannotBeResolvedIsAnError(String expression, String message) {
        var error = assertThrows(TemplateException.class, () -> read(BASE.replace("$value", expression)));
        assertTrue(error.getMessage().contains(message), error.getMessage());
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            Type: Schedule                | Type: Sundial              | has the event type Sundial, which SAM does not know
            Method: get                   | Method: fetch              | Method cannot be FETCH
            "/things/{id}"                | "/things/{all+}"           | is not a path of segments
            StageName: !Ref Stage         | StageName: [x]             | StageName must be text
            FunctionPayloadType: REQUEST  | FunctionPayloadType: TOKEN | must be REQUEST
            Headers: [Authorization]      | QueryStrings: [key]        | must be one header
            DefaultAuthorizer: Guard      | DefaultAuthorizer: Other   | names no authorizer: Other
            {Type: String, Default: v1}   | {Type: String}             | needs a Default
            KeyType: HASH                 | KeyType: HASHED            | KeyType cannot be HASHED
            Timeout: 15                   | Timeout: soon              | Timeout must be a whole number
            Type: AWS::Serverless::Api    | Type: AWS::Other::Api      | exactly one AWS::Serverless::Api, not 0
            Globals:                      | Resources:                 | is not YAML
            """)
    void whatTheStackCannotFollowIsAnError(String part, String replacement, String message) {
        var error = assertThrows(
                TemplateException.class, () -> read(BASE.replace("$value", "x").replace(part, replacement)));
        assertTrue(error.getMessage().contains(message), error.getMessage());
    }

    @Test
    void aMissingFileIsAnError() {
        var error = assertThrows(
                TemplateException.class, () -> TemplateReader.read(directory.resolve("none.yaml"), "eu-west-1"));
        assertTrue(error.getMessage().contains("cannot be read"), error.getMessage());
    }

    @Test
    void globalsHoldUnlessTheFunctionSaysOtherwise() throws IOException {
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
    void routesAuthorizerAndGatewayResponsesAreRead() throws IOException {
        var api = read(BASE.replace("$value", "x")).api();
        assertEquals("v1", api.stage());
        assertEquals(
                List.of(
                        new Route("GET", "/things/{id}", "ThingFunction", true),
                        new Route("GET", "/open", "ThingFunction", false)),
                api.routes());
        assertEquals(
                Optional.of(new AuthorizerSettings("GuardFunction", "Authorization", Duration.ofSeconds(50))),
                api.authorizer());
        assertEquals(
                Map.of(
                        "UNAUTHORIZED",
                                new GatewayResponse(
                                        OptionalInt.of(401), Map.of("A", "'b'"), Map.of("application/json", "{}")),
                        "DEFAULT_4XX", new GatewayResponse(OptionalInt.empty(), Map.of(), Map.of())),
                api.gatewayResponses());
    }

    @Test
    void anEventSourceThatOnlyAwsRunsIsNamed() throws IOException {
        assertEquals(
                List.of("ThingFunction: Schedule"),
                read(BASE.replace("$value", "x")).notRun());
    }

    @Test
    void aResourceWhoseConditionDoesNotHoldIsLeftOut() throws IOException {
        var template = read(BASE.replace("$value", "x").replace("  Thing:\n", "  Thing:\n    Condition: IsNotV1\n"));
        assertEquals(List.of(), template.tables());
    }

    @Test
    void theProjectsOwnTemplateIsUnderstood() {
        var template = TemplateReader.read(Path.of("..", "template.yaml"), "eu-west-1");
        var segments = template.tables().stream()
                .filter(t -> t.logicalId().equals("SegmentsTable"))
                .findFirst()
                .orElseThrow();
        assertEquals(
                List.of(
                        new Table.KeyPart("tenant", "HASH"),
                        new Table.KeyPart("page", "RANGE"),
                        new Table.KeyPart("created_at", "RANGE"),
                        new Table.KeyPart("id", "RANGE")),
                segments.indexes().getFirst().key());
        var idempotency = template.tables().stream()
                .filter(t -> t.logicalId().equals("IdempotencyTable"))
                .findFirst()
                .orElseThrow();
        assertEquals(Optional.of("expires_at"), idempotency.timeToLive());
        assertTrue(template.api().routes().stream().allMatch(Route::authorized));
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
