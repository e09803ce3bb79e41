package dev.overplane.crm.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.segment.SegmentId;
import dev.overplane.crm.testing.CapturedOutput;
import dev.overplane.crm.testing.CredentialsEndpoint;
import dev.overplane.crm.testing.Functions;
import dev.overplane.crm.testing.SnapshotRelay;
import dev.overplane.crm.testing.TestTables;
import dev.overplane.crm.testing.client.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A function is made as before a snapshot, its connections go dead, its role gets other credentials,
/// and its first request comes. No time passes on any clock, so that whatever it has cached looks fresh.
@Execution(ExecutionMode.SAME_THREAD)
@Isolated("They change what the whole JVM sees.")
class RestoreTest {

    /// By which a function in this JVM learns what Lambda's environment variable tells.
    private static final String CREDENTIALS_PROPERTY = "aws.containerCredentialsFullUri";

    private static final String ACCOUNT = "acct_restore";
    private static final String FIRST_ATTEMPT = "attempt=1";
    private static final Pattern ATTEMPTS = Pattern.compile("(?i)amz-sdk-request: (attempt=\\d+)");
    private static final Pattern SIGNERS = Pattern.compile("Credential=([^/]+)/");
    private static final Pattern OPERATIONS = Pattern.compile("(?i)X-Amz-Target: DynamoDB_20120810\\.(\\w+)");
    private static final Functions DIRECT = new Functions(TestTables.shared().url());

    private static CredentialsEndpoint credentials;

    private SnapshotRelay relay;

    @BeforeAll
    static void startCredentialsEndpoint() {
        credentials = CredentialsEndpoint.start();
        System.setProperty(CREDENTIALS_PROPERTY, credentials.url().toString());
    }

    @AfterAll
    static void stopCredentialsEndpoint() {
        System.clearProperty(CREDENTIALS_PROPERTY);
        credentials.close();
    }

    @BeforeEach
    void openRelay() {
        credentials.change("Before");
        relay = SnapshotRelay.before(TestTables.shared().url());
    }

    @AfterEach
    void closeRelay() {
        relay.close();
    }

    enum Request {
        CREATE(
                "CreateMarketSegmentFunction",
                (functions, _) -> functions.client(ACCOUNT).create().mustBe(201)),
        RETRIEVE(
                "RetrieveMarketSegmentFunction",
                (functions, id) -> functions.client(ACCOUNT).retrieve(id).mustBe(200)),
        LIST(
                "ListMarketSegmentsFunction",
                (functions, _) -> functions.client(ACCOUNT).list("").mustBe(200)),
        UPDATE(
                "UpdateMarketSegmentFunction",
                (functions, id) -> functions
                        .client(ACCOUNT)
                        .update(id, Json.named("restored"))
                        .mustBe(200)),
        DELETE(
                "DeleteMarketSegmentFunction",
                (functions, id) -> functions.client(ACCOUNT).delete(id).mustBe(200)),
        AUTHORIZE("AuthorizeFunction", (functions, _) -> {
            String key = DIRECT.keys().issue(ACCOUNT, false, "read_only");
            assertTrue(functions.authorize(key).result().toString().contains("Allow"));
        });

        private final String function;
        private final BiConsumer<Functions, String> send;

        Request(String function, BiConsumer<Functions, String> send) {
            this.function = function;
            this.send = send;
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_first_request_after_a_restore_succeeds_at_the_first_attempt_with_the_new_credentials(Request request) {
        String id = DIRECT.client(ACCOUNT).create().id();
        var functions = new Functions(environment());
        functions.start(request.function);
        restore();

        request.send.accept(functions, id);

        assertTrue(found(ATTEMPTS).stream().allMatch(FIRST_ATTEMPT::equals), relay.received());
        assertEquals(
                List.of(CredentialsEndpoint.accessKeyId("After")),
                found(SIGNERS).stream().distinct().toList());
    }

    @Test
    void the_first_request_after_a_restore_is_logged_as_such_and_none_after_it() {
        String id = DIRECT.client(ACCOUNT).create().id();
        var functions = new Functions(environment());
        functions.start("RetrieveMarketSegmentFunction");
        restore();
        try (var output = CapturedOutput.start()) {
            functions.client(ACCOUNT).retrieve(id).mustBe(200);
            functions.client(ACCOUNT).retrieve(id).mustBe(200);
            assertEquals(
                    List.of("restored", "warm"),
                    output.jsonLines().stream()
                            .filter(line -> line.has("start"))
                            .map(line -> line.get("start").textValue())
                            .toList());
        }
    }

    @ParameterizedTest
    @EnumSource
    void before_the_snapshot_dynamodb_gets_one_request_which_nobody_has_signed(Request request) {
        new Functions(environment()).start(request.function);

        assertEquals(List.of("DescribeEndpoints"), found(OPERATIONS));
        assertFalse(relay.received().toLowerCase(Locale.ROOT).contains("authorization"));
    }

    @Test
    void a_function_that_keeps_its_client_through_the_snapshot_loses_the_first_attempt() {
        String id = DIRECT.client(ACCOUNT).create().id();
        var functions = new Functions(environment());
        functions.client(ACCOUNT).retrieve(id).mustBe(200);
        restore();

        functions.client(ACCOUNT).retrieve(id);

        assertEquals(FIRST_ATTEMPT, found(ATTEMPTS).getFirst());
        assertTrue(found(ATTEMPTS).contains("attempt=2"), "the connection was not dead");
        assertTrue(found(SIGNERS).contains(CredentialsEndpoint.accessKeyId("Before")));
    }

    @Test
    void what_is_created_after_a_restore_has_a_time_after_it() {
        var functions = new Functions(environment());
        functions.start("CreateMarketSegmentFunction");
        restore();
        Instant restored = Instant.now();

        var id = new SegmentId(functions.client(ACCOUNT).create().mustBe(201).id());

        assertTrue(id.position().createdAt().micros() >= ChronoUnit.MICROS.between(Instant.EPOCH, restored));
    }

    @Test
    void a_function_is_not_primed_where_no_snapshot_is_to_be_taken() {
        new Functions(TestTables.environment(relay.url())).start("RetrieveMarketSegmentFunction");

        assertEquals("", relay.received());
    }

    @Test
    void a_function_that_cannot_be_primed_starts_all_the_same() {
        String id = DIRECT.client(ACCOUNT).create().id();
        var functions = new Functions(environment());
        relay.move();
        functions.start("RetrieveMarketSegmentFunction");

        relay.moveBack();

        functions.client(ACCOUNT).retrieve(id).mustBe(200);
    }

    private Map<String, String> environment() {
        return credentials.snapStart(TestTables.environment(relay.url()));
    }

    private void restore() {
        relay.restore();
        credentials.change("After");
    }

    private List<String> found(Pattern pattern) {
        return pattern.matcher(relay.received())
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
