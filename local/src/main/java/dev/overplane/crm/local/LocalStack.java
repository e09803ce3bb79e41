package dev.overplane.crm.local;

import dev.overplane.crm.local.dynamodb.EmbeddedDynamoDb;
import dev.overplane.crm.local.dynamodb.TableMaker;
import dev.overplane.crm.local.gateway.Deployment;
import dev.overplane.crm.local.gateway.RestApi;
import dev.overplane.crm.local.gateway.RestApiHandler;
import dev.overplane.crm.local.http.LoopbackServer;
import dev.overplane.crm.local.lambda.InvokeApi;
import dev.overplane.crm.local.lambda.LambdaService;
import dev.overplane.crm.local.template.Function;
import dev.overplane.crm.local.template.Template;
import dev.overplane.crm.local.template.TemplateReader;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/// The stack of `template.yaml` on this machine: its API, its functions and its tables, without Docker and
/// without AWS.
///
/// All three addresses are reachable from this machine alone, unless DynamoDB is given another host. Several
/// stacks may run in one JVM. Thread-safe.
public final class LocalStack implements AutoCloseable {

    private final Template template;
    private final URI apiUrl;
    private final URI lambdaUrl;
    private final URI dynamoDbUrl;
    private final Optional<String> apiKey;
    private final LambdaService lambda;
    private final Closing closing;

    private LocalStack(LocalStackConfig config, Closing closing) {
        this.closing = closing;
        template = TemplateReader.read(config.template(), config.region());
        var data = config.dataDirectory().map(directory -> closing.add(DataDirectory.open(directory)));
        dynamoDbUrl = config.externalDynamoDb()
                .orElseGet(() -> closing.add(EmbeddedDynamoDb.start(
                                config.dynamoDbHost(), config.dynamoDbPort(), data.map(DataDirectory::path)))
                        .url());
        lambda = new LambdaService(template.functions(), environments(config));
        lambda.warm();
        TableMaker.makeMissing(dynamoDbUrl, config.region(), credentials(config.aws()), template.tables());
        var deployment = new Deployment(
                config.region(),
                TemplateReader.ACCOUNT,
                template.api().id(),
                template.api().stage());
        var api = new RestApi(template.api(), deployment, lambda, config.clock(), RestApi.INTEGRATION_LIMIT);
        apiKey = LocalKey.obtain(lambda, api, data);
        var invokeHandler = new InvokeApi(lambda);
        lambdaUrl = closing.add(LoopbackServer.start(
                        "LAMBDA_PORT", config.lambdaPort(), invokeHandler, InvokeApi::refuseMalformed))
                .url();
        var apiHandler = new RestApiHandler(api);
        apiUrl = closing.add(LoopbackServer.start("PORT", config.apiPort(), apiHandler, apiHandler::refuse))
                .url();
    }

    /// Returns when all three addresses answer.
    ///
    /// @throws StackException if it cannot start for a reason that the caller can mend; nothing is left running
    /// then
    public static LocalStack start(LocalStackConfig config) {
        var closing = new Closing();
        try {
            return new LocalStack(config, closing);
        } catch (RuntimeException e) {
            closing.close();
            throw e;
        }
    }

    /// Of the API, without a path.
    public URI apiUrl() {
        return apiUrl;
    }

    /// Of Lambda's Invoke API.
    public URI lambdaUrl() {
        return lambdaUrl;
    }

    /// Of the DynamoDB that holds the tables, even if functions were given another address.
    public URI dynamoDbUrl() {
        return dynamoDbUrl;
    }

    /// A `sk_test_…` key of the account `acct_local` that may read and write.
    ///
    /// @throws IllegalStateException if the template has no `IssueApiKeyFunction`
    public String apiKey() {
        return apiKey.orElseThrow(() -> new IllegalStateException("the template has no function that issues API keys"));
    }

    /// The variables that a function sees: table names, among others.
    public Map<String, String> environment(String functionLogicalId) {
        return lambda.byLogicalId(functionLogicalId)
                .orElseThrow(() -> new IllegalArgumentException("there is no function " + functionLogicalId))
                .environment();
    }

    Template template() {
        return template;
    }

    /// Stops listening and lets go of the data. Requests under way may break off.
    @Override
    public void close() {
        closing.close();
    }

    private Map<String, Map<String, String>> environments(LocalStackConfig config) {
        var dynamoDb = config.functionsDynamoDb().apply(dynamoDbUrl).toString();
        var environments = new HashMap<String, Map<String, String>>();
        for (Function function : template.functions()) {
            var variables = new HashMap<>(config.aws());
            variables.put("AWS_DEFAULT_REGION", config.region());
            variables.put("AWS_ENDPOINT_URL_DYNAMODB", dynamoDb);
            variables.put("AWS_LAMBDA_FUNCTION_NAME", function.name());
            variables.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
            variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(function.memory()));
            variables.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + function.name());
            variables.put("AWS_LAMBDA_LOG_STREAM_NAME", "local");
            variables.put("_HANDLER", function.handler());
            variables.putAll(function.environment());
            environments.put(function.logicalId(), variables);
        }
        return environments;
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
