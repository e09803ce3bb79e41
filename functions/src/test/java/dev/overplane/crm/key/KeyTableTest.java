package dev.overplane.crm.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.account.AccountId;
import dev.overplane.crm.account.Scope;
import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.CorruptItemException;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.dynamodb.DynamoDb;
import dev.overplane.crm.dynamodb.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
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

/// The deadline goes through the SDK's enhanced client, whose requests carry none. What the calls do is shown
/// on a real table, by the contract.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KeyTableTest {

    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final ApiKey SECRET = ApiKey.issue(false, new Random(1));
    private static final StoredKey KEY = StoredKey.issued(
            SECRET.id(),
            new KeyRequest(
                    new Tenant(new AccountId("acct_1"), false), Scope.READ_WRITE, Optional.empty(), Optional.empty()),
            Instant.EPOCH);
    private static final IssuedKey ISSUED = new IssuedKey(KEY, SECRET);

    private final RecordingClient client = new RecordingClient();
    private final KeyTable table = new KeyTable(new DynamoDb(client), "keys");

    static Stream<Arguments> operations() {
        return Stream.of(
                operation("find", 1, (table, deadline) -> table.find(SECRET, deadline)),
                operation("add", 1, (table, deadline) -> table.add(ISSUED, deadline)),
                operation("get", 1, (table, deadline) -> table.get(KEY.id(), deadline)),
                operation("record a use", 1, (table, deadline) -> table.recordUse(KEY.id(), Instant.EPOCH, deadline)),
                operation("rotate", 1, (table, deadline) -> table.rotate(KEY, Instant.EPOCH, ISSUED, deadline)),
                operation("revoke", 1, (table, deadline) -> table.revoke(KEY.id(), Instant.EPOCH, deadline)),
                operation(
                        "list", 2, (table, deadline) -> table.list(KEY.tenant().account(), deadline)));
    }

    private static Arguments operation(String name, int calls, BiConsumer<KeyTable, Deadline> operation) {
        return Arguments.argumentSet(name, calls, operation);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void every_call_has_the_time_that_is_left_and_no_more(int calls, BiConsumer<KeyTable, Deadline> operation) {
        operation.accept(table, Deadline.in(LIMIT));
        assertEquals(calls, client.timeouts.size());
        Duration before = LIMIT;
        for (Duration timeout : client.timeouts) {
            assertTrue(timeout.isPositive() && timeout.compareTo(before) < 0, client.timeouts::toString);
            before = timeout;
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void nothing_is_sent_once_the_deadline_has_passed(int calls, BiConsumer<KeyTable, Deadline> operation) {
        assertThrows(StoreUnavailableException.class, () -> operation.accept(table, Deadline.in(Duration.ZERO)));
        assertEquals(List.of(), client.timeouts);
    }

    @Test
    void a_key_is_found_by_a_consistent_read() {
        assertEquals(Optional.of(KEY), table.find(SECRET, Deadline.in(LIMIT)));
        assertTrue(client.consistent);
    }

    @Test
    void a_key_that_shares_only_its_id_with_a_stored_one_is_not_found() {
        client.item.put("hash", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[32])));
        assertEquals(Optional.empty(), table.find(SECRET, Deadline.in(LIMIT)));
    }

    @Test
    void a_key_of_an_unknown_id_takes_the_same_call_as_one_whose_secret_is_wrong() {
        client.item.clear();
        assertEquals(Optional.empty(), table.find(SECRET, Deadline.in(LIMIT)));
        assertEquals(1, client.timeouts.size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hash",
                "account",
                "livemode",
                "scope",
                "created_at",
                "expires_at",
                "revoked_at",
                "last_used_at",
                "successor"
            })
    void an_item_with_an_attribute_of_another_type_is_damaged(String attribute) {
        client.item.put(attribute, AttributeValue.fromL(List.of()));
        assertThrows(CorruptItemException.class, () -> table.find(SECRET, Deadline.in(LIMIT)));
    }

    @Test
    void an_item_of_the_other_mode_than_the_key_is_damaged() {
        client.item.put("livemode", AttributeValue.fromBool(true));
        assertThrows(CorruptItemException.class, () -> table.find(SECRET, Deadline.in(LIMIT)));
    }

    @Test
    void a_listing_leaves_a_damaged_item_out() {
        client.item.remove("scope");
        assertEquals(List.of(), table.list(KEY.tenant().account(), Deadline.in(LIMIT)));
    }

    /// Answers with one key, and records what time each request may take.
    private static final class RecordingClient implements DynamoDbClient {

        private final List<Duration> timeouts = new ArrayList<>();
        private final Map<String, AttributeValue> item =
                new HashMap<>(KeyItem.SCHEMA.itemToMap(KeyItem.of(ISSUED), true));
        private boolean consistent;

        private void note(DynamoDbRequest request) {
            timeouts.add(request.overrideConfiguration()
                    .flatMap(own -> own.apiCallTimeout())
                    .orElseThrow());
        }

        @Override
        public GetItemResponse getItem(GetItemRequest request) {
            note(request);
            consistent = Boolean.TRUE.equals(request.consistentRead());
            return GetItemResponse.builder().item(item).build();
        }

        @Override
        public PutItemResponse putItem(PutItemRequest request) {
            note(request);
            return PutItemResponse.builder().build();
        }

        @Override
        public UpdateItemResponse updateItem(UpdateItemRequest request) {
            note(request);
            return UpdateItemResponse.builder().attributes(item).build();
        }

        @Override
        public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
            note(request);
            return TransactWriteItemsResponse.builder().build();
        }

        @Override
        public QueryResponse query(QueryRequest request) {
            note(request);
            QueryResponse.Builder page = QueryResponse.builder().items(List.of(item));
            return request.hasExclusiveStartKey()
                    ? page.build()
                    : page.lastEvaluatedKey(Map.of("id", item.get("id"))).build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
