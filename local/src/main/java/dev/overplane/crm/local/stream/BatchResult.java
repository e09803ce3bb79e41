package dev.overplane.crm.local.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.overplane.crm.local.lambda.Outcome;
import java.io.IOException;
import java.util.List;

/// What the result of an invocation means for its batch, by
/// [Lambda's rules](https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html).
sealed interface BatchResult {

    JsonMapper JSON = JsonMapper.builder().build();

    /// All records are done.
    record Done() implements BatchResult {}

    /// The records before that index are done.
    record FailedFrom(int index) implements BatchResult {}

    /// None is done, and the batch may be split.
    record Failed() implements BatchResult {}

    /// The function did not run, which is no attempt.
    record NotAttempted() implements BatchResult {}

    static BatchResult of(Outcome outcome, boolean reportsBatchItemFailures, List<StreamRecord> batch) {
        return switch (outcome) {
            case Outcome.Failed _ -> new Failed();
            case Outcome.Throttled _ -> new NotAttempted();
            case Outcome.Succeeded succeeded ->
                reportsBatchItemFailures ? reported(parse(succeeded.payload()), batch) : new Done();
        };
    }

    private static BatchResult reported(JsonNode response, List<StreamRecord> batch) {
        var failures = response.path("batchItemFailures");
        if (failures.isEmpty()) {
            return new Done();
        }
        int lowest = batch.size();
        for (var failure : failures) {
            int index = indexOf(batch, failure.path("itemIdentifier").asText(""));
            if (index < 0) {
                return new Failed();
            }
            lowest = Math.min(lowest, index);
        }
        return new FailedFrom(lowest);
    }

    private static int indexOf(List<StreamRecord> batch, String sequenceNumber) {
        for (int i = 0; i < batch.size(); i++) {
            if (batch.get(i).sequenceNumber().equals(sequenceNumber)) {
                return i;
            }
        }
        return -1;
    }

    private static JsonNode parse(byte[] payload) {
        try {
            return JSON.readTree(payload);
        } catch (IOException e) {
            throw new IllegalStateException("Every payload is JSON", e);
        }
    }
}
