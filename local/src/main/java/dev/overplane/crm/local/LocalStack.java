package dev.overplane.crm.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.overplane.crm.local.codedeploy.HookStatusApi;
import dev.overplane.crm.local.dynamodb.EmbeddedDynamoDb;
import dev.overplane.crm.local.dynamodb.TableCreator;
import dev.overplane.crm.local.eventbridge.EventBus;
import dev.overplane.crm.local.eventbridge.PutEventsApi;
import dev.overplane.crm.local.gateway.Deployment;
import dev.overplane.crm.local.gateway.RestApi;
import dev.overplane.crm.local.gateway.RestApiHandler;
import dev.overplane.crm.local.http.AwsJson;
import dev.overplane.crm.local.http.LoopbackRequestsOnly;
import dev.overplane.crm.local.http.LoopbackServer;
import dev.overplane.crm.local.lambda.InvokeApi;
import dev.overplane.crm.local.lambda.LambdaService;
import dev.overplane.crm.local.reference.ReferenceHandler;
import dev.overplane.crm.local.reference.ReferenceSite;
import dev.overplane.crm.local.schedule.Scheduler;
import dev.overplane.crm.local.stream.FailureQueue;
import dev.overplane.crm.local.stream.StreamClients;
import dev.overplane.crm.local.stream.StreamPoller;
import dev.overplane.crm.local.template.Function;
import dev.overplane.crm.local.template.Template;
import dev.overplane.crm.local.template.TemplateReader;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.server.Handler;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/// Runs the stack of `template.yaml` on this machine: its API, its functions and its tables, without Docker or
/// AWS.
///
/// Only this machine can reach its addresses, and containers where [LocalStackConfig#containerHost()] lets them.
/// Several stacks may run in one JVM, but their embedded DynamoDBs take turns: each delays the others. For load
/// or timing, run one stack to a JVM. Thread-safe.
public final class LocalStack implements AutoCloseable {

    private final Template template;
    private final URI apiUrl;
    private final URI lambdaUrl;
    private final URI dynamoDbUrl;
    private final Optional<EventBus> bus;
    private final Optional<URI> eventBridgeUrl;
    private final HookStatusApi codeDeploy = new HookStatusApi();
    private final URI codeDeployUrl;
    private final FailureQueue failures = new FailureQueue();
    private final Optional<String> apiKey;
    private final Closer closer;

    private LocalStack(LocalStackConfig config, Clock clock, Closer closer) {
        this.closer = closer;
        template = TemplateReader.read(config.template(), config.region());
        var data = config.dataDirectory().map(directory -> closer.register(DataDirectory.open(directory)));
        dynamoDbUrl = config.externalDynamoDb()
                .orElseGet(() -> closer.register(EmbeddedDynamoDb.start(
                                config.dynamoDbPort(),
                                data.map(DataDirectory::path),
                                config.containerHost(),
                                template.functions()))
                        .url());
        bus = template.eventBus().map(EventBus::new);
        eventBridgeUrl = bus.map(eventBus -> closer.register(LoopbackServer.start(
                        "EVENTBRIDGE_PORT",
                        config.eventBridgePort(),
                        config.containerHost(),
                        new PutEventsApi(eventBus, TemplateReader.ACCOUNT, config.region(), clock),
                        AwsJson::rejectMalformed))
                .url());
        var deployment = new Deployment(
                config.region(),
                TemplateReader.ACCOUNT,
                template.api().id(),
                template.api().stage());
        codeDeployUrl = closer.register(
                        LoopbackServer.start("", 0, config.containerHost(), codeDeploy, AwsJson::rejectMalformed))
                .url();
        // A function may call the API and other functions, whose addresses depend on the ports that they get.
        var invokeHandler = new LateHandler();
        lambdaUrl = closer.register(LoopbackServer.start(
                        "LAMBDA_PORT",
                        config.lambdaPort(),
                        new LoopbackRequestsOnly(invokeHandler),
                        invokeHandler::rejectMalformed))
                .url();
        var apiHandler = new LateHandler();
        apiUrl = closer.register(LoopbackServer.start(
                        "PORT",
                        config.apiPort(),
                        config.containerHost(),
                        new LocalApi(apiHandler, bus, failures),
                        apiHandler::rejectMalformed))
                .url();
        var lambda = new LambdaService(template.functions(), environments(config, deployment));
        lambda.initialize();
        TableCreator.createMissing(dynamoDbUrl, config.region(), credentials(config.aws()), template.tables());
        var api = new RestApi(template.api(), deployment, lambda, clock, RestApi.INTEGRATION_LIMIT);
        startPolling(config, lambda);
        for (var schedule : template.schedules()) {
            var scheduled = lambda.byLogicalId(schedule.function()).orElseThrow();
            closer.register(Scheduler.start(schedule, scheduled, Clock.systemUTC()));
        }
        apiKey = LocalKey.get(lambda, api, data);
        invokeHandler.serve(new InvokeApi(lambda), InvokeApi::rejectMalformed);
        var gateway = new RestApiHandler(api);
        apiHandler.serve(withReference(gateway, config), gateway::rejectMalformed);
    }

    private Handler withReference(Handler gateway, LocalStackConfig config) {
        return ReferenceSite.read(config.template().resolveSibling(""))
                .flatMap(site -> apiKey.map(key -> (Handler) new ReferenceHandler(gateway, site, key)))
                .orElse(gateway);
    }

    /// Starts the stack, and returns when it responds at all its addresses.
    ///
    /// @throws StartupException if it cannot start for a reason that the caller can remove; nothing is left
    ///     running
    public static LocalStack start(LocalStackConfig config) {
        return start(config, Clock.systemUTC());
    }

    /// Starts the stack with a time of its own.
    ///
    /// @param clock determines when the authorizer's cached policies expire; schedules and functions keep to the
    ///     machine's
    /// @throws StartupException as above
    public static LocalStack start(LocalStackConfig config, Clock clock) {
        var closer = new Closer();
        try {
            return new LocalStack(config, clock, closer);
        } catch (RuntimeException e) {
            closer.close();
            throw e;
        }
    }

    /// Returns the address of the API, without a path.
    public URI apiUrl() {
        return apiUrl;
    }

    /// Returns the address of Lambda's Invoke API.
    public URI lambdaUrl() {
        return lambdaUrl;
    }

    /// Returns the address of the DynamoDB that has the tables.
    public URI dynamoDbUrl() {
        return dynamoDbUrl;
    }

    /// Returns the address of EventBridge's PutEvents; empty if the template has no bus.
    public Optional<URI> eventBridgeUrl() {
        return eventBridgeUrl;
    }

    /// Returns a `sk_test_…` key of the account `acct_local` with the scope `read_write`.
    ///
    /// @throws IllegalStateException if the template has no `IssueApiKeyFunction`
    public String apiKey() {
        return apiKey.orElseThrow(() -> new IllegalStateException("the template has no function that issues API keys"));
    }

    /// Returns the last 1,000 events of the bus, newest first.
    public List<ObjectNode> events() {
        return bus.map(EventBus::events).orElse(List.of());
    }

    /// Returns the last 1,000 messages about changes that could not be published, newest first.
    public List<ObjectNode> failures() {
        return failures.messages();
    }

    /// Returns what pre-traffic hooks have said of deployments, `Succeeded` or `Failed`, by the deployment's id.
    Map<String, String> hookStatuses() {
        return codeDeploy.statuses();
    }

    Template template() {
        return template;
    }

    /// Stops the servers and releases the data. Requests in progress may fail.
    @Override
    public void close() {
        closer.close();
    }

    private Map<String, Map<String, String>> environments(LocalStackConfig config, Deployment deployment) {
        var environments = new HashMap<String, Map<String, String>>();
        for (Function function : template.functions()) {
            var variables = new HashMap<>(config.aws());
            if (config.functionsHaveAccessKeys()) {
                variables.put("AWS_ACCESS_KEY_ID", function.logicalId());
            }
            variables.put("AWS_DEFAULT_REGION", config.region());
            variables.put("AWS_ENDPOINT_URL_DYNAMODB", dynamoDbUrl.toString());
            eventBridgeUrl.ifPresent(url -> variables.put("AWS_ENDPOINT_URL_EVENTBRIDGE", url.toString()));
            variables.put("AWS_ENDPOINT_URL_LAMBDA", lambdaUrl.toString());
            variables.put("AWS_ENDPOINT_URL_CODEDEPLOY", codeDeployUrl.toString());
            variables.put("AWS_LAMBDA_FUNCTION_NAME", function.name());
            variables.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
            variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(function.memory()));
            variables.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + function.name());
            variables.put("AWS_LAMBDA_LOG_STREAM_NAME", "local");
            variables.put("_HANDLER", function.handler());
            function.environment()
                    .forEach((name, value) -> variables.put(name, value.replace(deployment.url(), apiUrl.toString())));
            environments.put(function.logicalId(), variables);
        }
        return environments;
    }

    private void startPolling(LocalStackConfig config, LambdaService lambda) {
        for (var mapping : template.streamMappings()) {
            var table = template.tables().stream()
                    .filter(candidate -> candidate.logicalId().equals(mapping.table()))
                    .findFirst()
                    .orElseThrow();
            var credentials = credentials(config.aws());
            closer.register(StreamPoller.start(
                    mapping,
                    StreamClients.create(dynamoDbUrl, config.region(), credentials),
                    TableCreator.streamArn(dynamoDbUrl, config.region(), credentials, table),
                    lambda.byLogicalId(mapping.function()).orElseThrow(),
                    failures,
                    Clock.systemUTC()));
        }
    }

    private static AwsCredentialsProvider credentials(Map<String, String> aws) {
        var id = aws.getOrDefault("AWS_ACCESS_KEY_ID", "");
        var secret = aws.getOrDefault("AWS_SECRET_ACCESS_KEY", "");
        var token = aws.get("AWS_SESSION_TOKEN");
        return StaticCredentialsProvider.create(
                token == null
                        ? AwsBasicCredentials.create(id, secret)
                        : AwsSessionCredentials.create(id, secret, token));
    }
}
