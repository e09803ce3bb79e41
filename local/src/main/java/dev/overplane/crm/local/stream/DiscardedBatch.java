package dev.overplane.crm.local.stream;

import java.util.List;

/// A batch that Lambda has given up.
///
/// @param condition why: `RetryAttemptsExhausted` or `RecordAgeExceeded`
/// @param invocations how often the function was invoked with it
record DiscardedBatch(String condition, List<StreamRecord> records, int invocations) {}
