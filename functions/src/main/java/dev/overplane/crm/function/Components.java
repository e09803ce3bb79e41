package dev.overplane.crm.function;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.aws.AwsService;
import dev.overplane.crm.dynamodb.DynamoDb;
import dev.overplane.crm.dynamodb.DynamoDbClients;
import dev.overplane.crm.eventbridge.EventBridge;
import dev.overplane.crm.eventbridge.EventPublisher;
import dev.overplane.crm.key.AccountScan;
import dev.overplane.crm.key.Authenticator;
import dev.overplane.crm.key.KeyAdministration;
import dev.overplane.crm.key.KeyTable;
import dev.overplane.crm.segment.store.CountVerifier;
import dev.overplane.crm.segment.store.IdempotencyTable;
import dev.overplane.crm.segment.store.SegmentCreator;
import dev.overplane.crm.segment.store.SegmentDeleter;
import dev.overplane.crm.segment.store.SegmentLister;
import dev.overplane.crm.segment.store.SegmentReader;
import dev.overplane.crm.segment.store.SegmentTable;
import dev.overplane.crm.segment.store.SegmentUpdater;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// The composition root: makes what a function needs, as its environment variables say, before SnapStart takes
/// the snapshot.
///
/// It makes only what a function asks for, so that no function loads classes that it does not use.
final class Components {

    /// The source of all events. Subscribers match it: it must never change.
    private static final String EVENT_SOURCE = "dev.overplane.crm";

    private final Map<String, String> variables;
    private final DynamoDb dynamoDb;
    private final InstantSource clock = Clock.systemUTC();
    // Safe across snapshots: https://docs.aws.amazon.com/lambda/latest/dg/snapstart-uniqueness.html
    private final RandomGenerator random = new SecureRandom();

    Components(Map<String, String> variables) {
        this(variables, new DynamoDb(DynamoDbClients.of(variables)));
    }

    Components(Map<String, String> variables, DynamoDb dynamoDb) {
        this.variables = variables;
        this.dynamoDb = dynamoDb;
    }

    /// The components of a function, which is primed before if a snapshot is to be taken: with components of its
    /// own, none of which are among these.
    ///
    /// @param function makes the function
    /// @param rehearsal makes what it is primed with
    static Components primed(
            Map<String, String> variables,
            Function<Components, RequestStreamHandler> function,
            Supplier<Rehearsal> rehearsal) {
        if (Priming.isDue(variables)) {
            Priming.prime(variables, function, rehearsal);
        }
        return new Components(variables);
    }

    Function<Tenant, SegmentCreator> segmentCreator() {
        return SegmentCreator.forTenants(segmentTable(), idempotencyTable(), clock, random);
    }

    Function<Tenant, SegmentReader> segmentReader() {
        return SegmentReader.forTenants(segmentTable());
    }

    Function<Tenant, SegmentLister> segmentLister() {
        return SegmentLister.forTenants(segmentTable());
    }

    Function<Tenant, SegmentUpdater> segmentUpdater() {
        return SegmentUpdater.forTenants(segmentTable(), idempotencyTable(), clock, random);
    }

    Function<Tenant, SegmentDeleter> segmentDeleter() {
        return SegmentDeleter.forTenants(segmentTable(), idempotencyTable(), clock);
    }

    EventPublisher eventPublisher() {
        return new EventPublisher(EventBridge.of(variables, required("EVENT_BUS"), EVENT_SOURCE), random);
    }

    CountVerifier countVerifier() {
        return new CountVerifier(segmentTable(), clock, random);
    }

    AccountScan accountScan() {
        return new AccountScan(dynamoDb, required("API_KEYS_TABLE"));
    }

    /// Logs the requests of a function.
    ///
    /// @param operation the function's name, as a dimension of its metrics
    RequestLog requestLog(String operation) {
        return new RequestLog(stackName(), operation, Priming.isDue(variables));
    }

    InstantSource clock() {
        return clock;
    }

    Authenticator authenticator() {
        return new Authenticator(keyTable(), clock);
    }

    KeyAdministration keyAdministration() {
        return new KeyAdministration(keyTable(), clock, random);
    }

    /// The versions that a deployment is about to let traffic to, which the environment names.
    VersionCheck versionCheck() {
        var lambda = new LambdaInvoker(AwsService.of(variables, "Lambda", "lambda"));
        return new VersionCheck(
                lambda,
                required("AUTHORIZE_VERSION"),
                required("CREATE_VERSION"),
                required("RETRIEVE_VERSION"),
                required("LIST_VERSION"),
                required("UPDATE_VERSION"),
                required("DELETE_VERSION"));
    }

    CodeDeploy codeDeploy() {
        return new CodeDeploy(AwsService.of(variables, "CodeDeploy", "codedeploy"));
    }

    /// Address of the API, without a slash at the end.
    URI apiUrl() {
        return URI.create(required("API_URL"));
    }

    String stackName() {
        return required("STACK_NAME");
    }

    /// URL of the reference's errors, where each code is an anchor.
    String errorReferenceUrl() {
        return required("ERROR_REFERENCE_URL");
    }

    private IdempotencyTable idempotencyTable() {
        return new IdempotencyTable(required("IDEMPOTENCY_TABLE"), clock);
    }

    private SegmentTable segmentTable() {
        return SegmentTable.of(dynamoDb, required("SEGMENTS_TABLE"));
    }

    private KeyTable keyTable() {
        return new KeyTable(dynamoDb, required("API_KEYS_TABLE"));
    }

    private String required(String variable) {
        String value = variables.get(variable);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException("the environment variable " + variable + " is not set");
        }
        return value;
    }
}
