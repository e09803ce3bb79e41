package dev.overplane.crm.local;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.overplane.crm.local.gateway.RestApi;
import dev.overplane.crm.local.lambda.LambdaFunction;
import dev.overplane.crm.local.lambda.LambdaService;
import dev.overplane.crm.local.lambda.Outcome.Failed;
import dev.overplane.crm.local.lambda.Outcome.Succeeded;
import dev.overplane.crm.local.lambda.Outcome.Throttled;
import dev.overplane.crm.local.startup.StartupException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Provides the API key that is printed at start. Stores it with the data, and replaces it if it no longer
/// works.
final class LocalKey {

    private static final String ISSUER = "IssueApiKeyFunction";
    /// The first call to DynamoDB and a function can exceed the functions' time limits on a busy machine. A
    /// failed attempt may store a key, but then nobody has its secret.
    private static final int ATTEMPTS = 5;

    private static final String REQUEST = """
            {"account":"acct_local","livemode":false,"scope":"read_write","expires_at":null,"name":"local"}""";

    private LocalKey() {}

    /// Returns the stored key if it works, or else issues one. Returns empty if the template has no
    /// `IssueApiKeyFunction`.
    ///
    /// @throws StartupException if no key can be issued
    static Optional<String> get(LambdaService lambda, RestApi api, Optional<DataDirectory> data) {
        return lambda.byLogicalId(ISSUER)
                .map(issuer -> data.flatMap(DataDirectory::apiKey)
                        .filter(key -> api.isAuthorized("Bearer " + key))
                        .orElseGet(() -> issue(issuer, data)));
    }

    private static String issue(LambdaFunction issuer, Optional<DataDirectory> data) {
        for (int attempt = 1; ; attempt++) {
            switch (issuer.invoke(REQUEST.getBytes(StandardCharsets.UTF_8)).outcome()) {
                case Succeeded succeeded -> {
                    var key = secret(succeeded.payload());
                    data.ifPresent(directory -> directory.storeApiKey(key));
                    return key;
                }
                case Throttled _ ->
                    throw new StartupException("No API key could be issued: " + ISSUER + " is throttled.");
                case Failed failed -> {
                    if (attempt == ATTEMPTS) {
                        throw new StartupException("No API key could be issued: " + failed.errorMessage());
                    }
                }
            }
        }
    }

    private static String secret(byte[] payload) {
        try {
            return JsonMapper.builder()
                    .build()
                    .readTree(payload)
                    .required("secret")
                    .asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
