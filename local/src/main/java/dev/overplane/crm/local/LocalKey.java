package dev.overplane.crm.local;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.overplane.crm.local.gateway.RestApi;
import dev.overplane.crm.local.lambda.LambdaFunction;
import dev.overplane.crm.local.lambda.LambdaService;
import dev.overplane.crm.local.lambda.Outcome.Answered;
import dev.overplane.crm.local.lambda.Outcome.Failed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The API key that the stack hands to its user: kept with the data, issued anew when the kept one does not
/// work any more.
final class LocalKey {

    private static final String ISSUER = "IssueApiKeyFunction";
    /// This is the first call that DynamoDB and the functions serve; on a machine under load it can exceed
    /// their limits, made for warm ones. A key stored by an attempt that failed is one whose secret nobody has.
    private static final int ATTEMPTS = 5;

    private static final String ORDER = """
            {"account":"acct_local","livemode":false,"scope":"read_write","expires_at":null,"name":"local"}""";

    private LocalKey() {}

    /// Empty when the template has no function that issues keys.
    static Optional<String> obtain(LambdaService lambda, RestApi api, Optional<DataDirectory> data) {
        return lambda.byLogicalId(ISSUER)
                .map(issuer -> data.flatMap(DataDirectory::apiKey)
                        .filter(kept -> api.admits("Bearer " + kept))
                        .orElseGet(() -> issue(issuer, data)));
    }

    private static String issue(LambdaFunction issuer, Optional<DataDirectory> data) {
        for (int attempt = 1; ; attempt++) {
            switch (issuer.invoke(ORDER.getBytes(StandardCharsets.UTF_8)).outcome()) {
                case Answered answered -> {
                    var key = secret(answered.payload());
                    data.ifPresent(directory -> directory.keepApiKey(key));
                    return key;
                }
                case Failed failed -> {
                    if (attempt == ATTEMPTS) {
                        throw new StackException("No API key could be issued: " + failed.errorMessage());
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
