package dev.overplane.crm.dynamodb;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/// A client whose calls all end at one deadline, each page of a paginated query included. The SDK's enhanced
/// client needs it: in 2.48 no request of its own carries a time limit.
///
/// It makes the five calls below as [DynamoDb#call] does, with the same exceptions; every other operation
/// throws an [UnsupportedOperationException]. It replaces the override configuration of a request, in which the
/// enhanced client puts no more than a mark for the `User-Agent`.
///
/// Thread-safe. It holds nothing to close.
public final class DeadlineClient implements DynamoDbClient {

    private final DynamoDb dynamoDb;
    private final Deadline deadline;

    public DeadlineClient(DynamoDb dynamoDb, Deadline deadline) {
        this.dynamoDb = dynamoDb;
        this.deadline = deadline;
    }

    @Override
    public GetItemResponse getItem(GetItemRequest request) {
        return dynamoDb.call(
                deadline,
                (client, limits) -> client.getItem(
                        request.toBuilder().overrideConfiguration(limits).build()));
    }

    @Override
    public PutItemResponse putItem(PutItemRequest request) {
        return dynamoDb.call(
                deadline,
                (client, limits) -> client.putItem(
                        request.toBuilder().overrideConfiguration(limits).build()));
    }

    @Override
    public UpdateItemResponse updateItem(UpdateItemRequest request) {
        return dynamoDb.call(
                deadline,
                (client, limits) -> client.updateItem(
                        request.toBuilder().overrideConfiguration(limits).build()));
    }

    @Override
    public QueryResponse query(QueryRequest request) {
        return dynamoDb.call(
                deadline,
                (client, limits) -> client.query(
                        request.toBuilder().overrideConfiguration(limits).build()));
    }

    @Override
    public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
        return dynamoDb.call(
                deadline,
                (client, limits) -> client.transactWriteItems(
                        request.toBuilder().overrideConfiguration(limits).build()));
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        // The client that makes the calls belongs to DynamoDb.
    }
}
