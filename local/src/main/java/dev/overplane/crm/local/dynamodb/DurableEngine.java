package dev.overplane.crm.local.dynamodb;

import java.nio.file.Path;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.ListTablesRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;

/// DynamoDB Local whose answer to a transaction means that the transaction is committed.
///
/// DynamoDB Local 3.3.1 hands the commit of a transaction to the thread of its database, and answers without
/// waiting for it: killed in between, it loses what it has acknowledged. Other writes wait by themselves.
final class DurableEngine extends LocalDynamoDBRequestHandler {

    private static final ListTablesRequest ONE_TABLE =
            ListTablesRequest.builder().limit(1).build();

    /// @param directory an existing folder for the data; empty keeps them in memory
    DurableEngine(Optional<Path> directory) {
        super(0, directory.isEmpty(), directory.map(Path::toString).orElse(null), true, false);
    }

    @Override
    public TransactWriteItemsResponse transactWriteItems(
            String accessKey, String region, TransactWriteItemsRequest request) {
        var response = super.transactWriteItems(accessKey, region, request);
        // Any read that waits for its result will do: the same thread serves it, after the commit.
        var _ = listTables(accessKey, region, ONE_TABLE);
        return response;
    }
}
