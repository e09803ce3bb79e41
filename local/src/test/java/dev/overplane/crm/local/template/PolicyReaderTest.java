package dev.overplane.crm.local.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PolicyReaderTest {

    private static final String ARN = "arn:aws:dynamodb:eu-west-1:123456789012:table/";
    private static final String THINGS = ARN + "market-segment-local-Things";

    private static final String TEMPLATE = """
            Parameters:
              OtherTable: {Type: String, Default: ""}
            Conditions:
              OwnsTable: !Equals [!Ref OtherTable, ""]
            Resources:
              Api: {Type: AWS::Serverless::Api, Properties: {StageName: v1}}
              Things:
                Type: AWS::DynamoDB::Table
                Properties:
                  AttributeDefinitions: []
                  KeySchema: []
                  StreamSpecification: {StreamViewType: NEW_IMAGE}
              ThingFunction:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: a.Thing
                  $policies
            """;

    @TempDir
    private Path directory;

    @Test
    void a_function_without_policies_may_do_nothing() throws IOException {
        assertEquals(Set.of(), permissions("Timeout: 3"));
    }

    @Test
    void each_action_is_allowed_on_each_resource_of_its_statement() throws IOException {
        assertEquals(
                Set.of(
                        new Permission("dynamodb:GetItem", THINGS),
                        new Permission("dynamodb:GetItem", THINGS + "/index/by_name"),
                        new Permission("dynamodb:Query", THINGS),
                        new Permission("dynamodb:Query", THINGS + "/index/by_name"),
                        new Permission("dynamodb:PutItem", ARN + "others"),
                        new Permission("dynamodb:Scan", ARN + "others")),
                permissions("""
                        Policies:
                                - Version: "2012-10-17"
                                  Statement:
                                    - Effect: Allow
                                      Action: [dynamodb:GetItem, dynamodb:Query]
                                      Resource: [!GetAtt Things.Arn, !Sub "${Things.Arn}/index/by_name"]
                                    - {Sid: Write, Effect: Allow, Action: dynamodb:PutItem, Resource: %1$sothers}
                                - Statement: {Effect: Allow, Action: dynamodb:Scan, Resource: %1$sothers}
                        """.formatted(ARN)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            !If [OwnsTable, !GetAtt Things.Arn, !Ref OtherTable]                                             | market-segment-local-Things
            !Sub ["arn:aws:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${T}", {T: !If [OwnsTable, own, !Ref OtherTable]}] | own
            !GetAtt Things.StreamArn                                                                         | market-segment-local-Things/stream/local
            """)
    void the_resource_is_what_its_intrinsic_function_says(String resource, String table) throws IOException {
        assertEquals(
                Set.of(new Permission("dynamodb:GetItem", ARN + table)),
                permissions("Policies: {Statement: {Effect: Allow, Action: dynamodb:GetItem, Resource: " + resource
                        + "}}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{Effect: Allow, Action: [sqs:SendMessage], Resource: !ImportValue other-stack}",
                "{Effect: Deny, Action: lambda:InvokeFunction, Resource: \"*\"}",
                "{Effect: Allow, Action: s3:GetObject, Resource: x, Condition: {StringEquals: {a: b}}}"
            })
    void what_is_allowed_at_other_services_is_not_read(String statement) throws IOException {
        assertEquals(Set.of(), permissions("Policies: [{Statement: [" + statement + "]}]"));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            Role: arn:aws:iam::123456789012:role/other | Role is not supported by the local stack: give Policies
            Policies: AmazonDynamoDBFullAccess         | Policies must be policy documents for the local stack
            Policies: [{DynamoDBCrudPolicy: {TableName: !Ref Things}}] | Policies must be policy documents for the local stack
            Policies: {Statement: $}                   | Statement must be a map
            Policies: {Statement: {Effect: Allow, Resource: $}}                                         | Action is missing
            Policies: {Statement: {Effect: Allow, NotAction: dynamodb:GetItem, Resource: $}}            | Action is missing
            Policies: {Statement: {Effect: Allow, Action: dynamodb:GetItem}}                            | Resource is missing
            Policies: {Statement: {Action: dynamodb:GetItem, Resource: $}}                              | Effect is missing
            Policies: {Statement: {Effect: Deny, Action: dynamodb:GetItem, Resource: $}}                | Effect must be Allow
            Policies: {Statement: {Effect: Allow, Action: dynamodb:GetItem, NotResource: $}}            | NotResource is not supported
            Policies: {Statement: {Effect: Allow, Action: dynamodb:GetItem, Resource: $, Condition: {}}} | Condition is not supported
            Policies: {Statement: {Effect: Allow, Action: [dynamodb:GetItem, "dynamodb:Put?tem"], Resource: $}} | Action has a wildcard, which the local stack does not know: dynamodb:Put?tem
            Policies: {Statement: {Effect: Allow, Action: "*", Resource: $}}                            | Action has a wildcard, which the local stack does not know: *
            Policies: {Statement: {Effect: Allow, Action: dynamodb:GetItem, Resource: [$, "$/index/*"]}} | Resource has a wildcard, which the local stack does not know: $/index/*
            Policies: {Statement: {Effect: Allow, Action: dynamodb:GetItem, Resource: !ImportValue x}}  | Resource calls Fn::ImportValue, which the local stack does not know
            Policies: {Statement: {Effect: Allow, Action: dynamodb:GetItem, Resource: {a: b}}}          | Resource must be text
            """)
    void what_the_stack_does_not_enforce_is_an_error(String policies, String message) {
        var error = assertThrows(TemplateException.class, () -> permissions(policies.replace("$", "arn:x")));
        assertTrue(error.getMessage().contains(message.replace("$", "arn:x")), error.getMessage());
    }

    private Set<Permission> permissions(String policies) throws IOException {
        var file =
                Files.writeString(directory.resolve("template.yaml"), TEMPLATE.replace("$policies", policies.strip()));
        return TemplateReader.read(file, "eu-west-1").functions().getFirst().permissions();
    }
}
