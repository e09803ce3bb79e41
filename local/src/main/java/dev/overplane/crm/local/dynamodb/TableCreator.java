package dev.overplane.crm.local.dynamodb;

import dev.overplane.crm.local.startup.StartupException;
import dev.overplane.crm.local.template.Table;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveSpecification;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveRequest;

/// Creates the tables of the template. A table that exists is not changed, except that its time to live is
/// enabled.
public final class TableCreator {

    private TableCreator() {}

    /// Creates the tables that do not exist, and waits until they are active.
    ///
    /// @throws StartupException if no DynamoDB responds at `endpoint`
    public static void createMissing(
            URI endpoint, String region, AwsCredentialsProvider credentials, List<Table> tables) {
        try (var http = AwsCrtHttpClient.builder()
                        .connectionTimeout(Duration.ofSeconds(5))
                        .build();
                var client = DynamoDbClient.builder()
                        .httpClient(http)
                        .endpointOverride(endpoint)
                        .region(Region.of(region))
                        .credentialsProvider(credentials)
                        .build()) {
            var existing = client.listTablesPaginator().tableNames().stream().toList();
            for (var table : tables) {
                if (!existing.contains(table.name())) {
                    create(client, table);
                }
                table.timeToLive().ifPresent(attribute -> enableTimeToLive(client, table.name(), attribute));
            }
        } catch (SdkClientException e) {
            throw new StartupException("No DynamoDB responds at " + endpoint + ": check AWS_ENDPOINT_URL_DYNAMODB.", e);
        }
    }

    private static void create(DynamoDbClient client, Table table) {
        var request = CreateTableRequest.builder()
                .tableName(table.name())
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(table.attributes().stream()
                        .map(a -> AttributeDefinition.builder()
                                .attributeName(a.name())
                                .attributeType(a.type())
                                .build())
                        .toList())
                .keySchema(schema(table.key()));
        if (!table.indexes().isEmpty()) {
            request.globalSecondaryIndexes(
                    table.indexes().stream().map(TableCreator::index).toList());
        }
        try {
            client.createTable(request.build());
        } catch (ResourceInUseException e) {
            // Another stack has created it in the meantime.
        }
        // The waiter's default delay is 20 s, made for AWS.
        client.waiter()
                .waitUntilTableExists(
                        w -> w.tableName(table.name()),
                        o -> o.maxAttempts(600)
                                .backoffStrategyV2(BackoffStrategy.fixedDelayWithoutJitter(Duration.ofMillis(50))));
    }

    private static GlobalSecondaryIndex index(Table.Index index) {
        var projection = Projection.builder().projectionType(index.projection());
        if (!index.projected().isEmpty()) {
            projection.nonKeyAttributes(index.projected());
        }
        return GlobalSecondaryIndex.builder()
                .indexName(index.name())
                .keySchema(schema(index.key()))
                .projection(projection.build())
                .build();
    }

    private static List<KeySchemaElement> schema(List<Table.KeyElement> key) {
        return key.stream()
                .map(element -> KeySchemaElement.builder()
                        .attributeName(element.attribute())
                        .keyType(element.type())
                        .build())
                .toList();
    }

    private static void enableTimeToLive(DynamoDbClient client, String table, String attribute) {
        var description = client.describeTimeToLive(
                DescribeTimeToLiveRequest.builder().tableName(table).build());
        if (description.timeToLiveDescription().timeToLiveStatus() == TimeToLiveStatus.DISABLED) {
            client.updateTimeToLive(UpdateTimeToLiveRequest.builder()
                    .tableName(table)
                    .timeToLiveSpecification(TimeToLiveSpecification.builder()
                            .attributeName(attribute)
                            .enabled(true)
                            .build())
                    .build());
        }
    }
}
