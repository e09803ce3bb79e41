package dev.overplane.crm.local.template;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Describes an `AWS::Lambda::EventSourceMapping` of a table's stream, which starts at the stream's oldest
/// record.
///
/// @param table the logical id of the table
/// @param function the logical id of the function
/// @param batchSize most records of an invocation
/// @param batchingWindow how long to gather records once there is one
/// @param filters patterns in JSON, one of which a record must match; none lets every record pass
/// @param reportsBatchItemFailures whether the function's response names the records that failed
/// @param bisects whether a batch is split when the function returns an error
/// @param maximumRetryAttempts attempts after the first; empty for any number
/// @param maximumRecordAge older records are given up; empty for none
/// @param onFailure the ARN of the queue for batches that are given up
public record StreamMapping(
        String table,
        String function,
        int batchSize,
        Duration batchingWindow,
        List<String> filters,
        boolean reportsBatchItemFailures,
        boolean bisects,
        OptionalInt maximumRetryAttempts,
        Optional<Duration> maximumRecordAge,
        Optional<String> onFailure) {

    public StreamMapping {
        filters = List.copyOf(filters);
    }
}
