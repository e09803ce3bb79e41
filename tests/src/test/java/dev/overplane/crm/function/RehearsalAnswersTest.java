package dev.overplane.crm.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.overplane.crm.dynamodb.DynamoDbPriming;
import dev.overplane.crm.testing.Exchange;
import dev.overplane.crm.testing.FaultProxy;
import dev.overplane.crm.testing.Functions;
import dev.overplane.crm.testing.TestTables;
import dev.overplane.crm.testing.client.ApiClient;
import dev.overplane.crm.testing.client.ApiRequest;
import dev.overplane.crm.testing.client.Json;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What plays DynamoDB in a rehearsal answers with all that DynamoDB answers with. What it left out would be met for
/// the first time after a restore, by a client who waits for its classes to be loaded.
class RehearsalAnswersTest {

    private static final String NAMED = Json.named("A");
    private static final AtomicInteger ACCOUNTS = new AtomicInteger();

    private final String account = "acct_rehearsal" + ACCOUNTS.incrementAndGet();

    @Test
    void to_a_create() {
        assertAnswersAsDynamoDb(
                SegmentRehearsals.create(),
                functions -> Stream.of(
                                client(functions).post(NAMED),
                                once(client(functions).post(NAMED)))
                        .forEach(request -> request.send().mustBe(201)));
    }

    @Test
    void to_a_retrieval() {
        String id = id();
        assertAnswersAsDynamoDb(
                SegmentRehearsals.retrieve(),
                functions -> client(functions).retrieve(id).mustBe(200));
    }

    @Test
    void to_a_listing() {
        String id = id();
        client(direct()).delete(id()).mustBe(200);
        assertAnswersAsDynamoDb(
                SegmentRehearsals.list(),
                functions -> Stream.of("", "?limit=1&offset=1", "?starting_after=" + id)
                        .forEach(query -> client(functions).list(query).mustBe(200)));
    }

    @Test
    void to_an_update() {
        String id = id();
        assertAnswersAsDynamoDb(
                SegmentRehearsals.update(),
                functions -> Stream.of(
                                client(functions).patch(id, NAMED),
                                once(client(functions).patch(id, NAMED)),
                                client(functions).patch(id, "{}"))
                        .forEach(request -> request.send().mustBe(200)));
    }

    @Test
    void to_a_deletion() {
        String first = id();
        String second = id();
        assertAnswersAsDynamoDb(
                SegmentRehearsals.delete(),
                functions -> Stream.of(
                                client(functions).onObject("DELETE", first),
                                once(client(functions).onObject("DELETE", second)))
                        .forEach(request -> request.send().mustBe(200)));
    }

    @Test
    void to_an_authorization() {
        String secret = direct().keys()
                .issue(account, false, "read_write", Optional.empty())
                .get("secret")
                .textValue();
        assertAnswersAsDynamoDb(AuthorizerRehearsal.authorize(), functions -> functions.authorize(secret));
    }

    @FunctionalInterface
    private interface Work {
        void with(Functions functions);
    }

    private static void assertAnswersAsDynamoDb(Rehearsal rehearsal, Work work) {
        try (var proxy = FaultProxy.before(TestTables.shared().url())) {
            work.with(new Functions(proxy.url()));
            List<Exchange> exchanges = proxy.exchanges();
            assertFalse(exchanges.isEmpty());
            for (Exchange exchange : exchanges) {
                Set<String> missing = new TreeSet<>(members("", exchange.answer()));
                missing.removeAll(members("", answer(rehearsal.answers(), exchange)));
                assertEquals(Set.of(), missing, () -> "left out of the answer to " + exchange.call());
            }
        }
    }

    private static JsonNode answer(DynamoDbPriming.Answers answers, Exchange exchange) {
        return Json.read(answers.complete(
                exchange.call().operation(), exchange.call().body().toString()));
    }

    /// The paths of all members, those of a list's elements together.
    private static Set<String> members(String path, JsonNode node) {
        var members = new TreeSet<String>();
        node.properties().forEach(member -> {
            String name = path + "/" + member.getKey();
            members.add(name);
            members.addAll(members(name, member.getValue()));
        });
        if (node.isArray()) {
            node.forEach(element -> members.addAll(members(path, element)));
        }
        return members;
    }

    private static Functions direct() {
        return new Functions(TestTables.shared().url());
    }

    private String id() {
        return client(direct()).create(NAMED).id();
    }

    private ApiClient client(Functions functions) {
        return functions.client(account);
    }

    private static ApiRequest once(ApiRequest request) {
        return request.header("Idempotency-Key", "once");
    }
}
