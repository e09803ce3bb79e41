package dev.overplane.crm.local.stream;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.overplane.crm.local.lambda.LambdaFunction;
import dev.overplane.crm.local.lambda.Outcome;
import dev.overplane.crm.local.template.StreamMapping;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/// Runs an event source mapping of a stream: reads shard after shard, a parent before its children, from the
/// oldest record on, and invokes the function with batches of what its filters let pass.
///
/// Keeps no position. After a restart it reads again what the stream still has, a day at most: no change is
/// lost however the stack has ended, and functions see records again, as at AWS they may.
public final class StreamPoller implements AutoCloseable {

    /// Lambda polls a shard four times a second.
    private static final Duration POLL_INTERVAL = Duration.ofMillis(250);

    private static final Duration WAIT_AFTER_ERROR = Duration.ofSeconds(1);
    /// Lambda's limit for the event of an invocation, in bytes.
    private static final int PAYLOAD_LIMIT = 6 * 1024 * 1024;

    private final StreamMapping mapping;
    private final List<EventFilter> filters;
    private final DynamoDbStreamsClient streams;
    private final String streamArn;
    private final LambdaFunction function;
    private final FailureQueue failures;
    private final Clock clock;
    private final Thread thread;

    /// Where reading goes on in each open shard. A shard that has been read to its end has none.
    private final Map<String, String> iterators = new HashMap<>();
    /// The last record of each shard that is done.
    private final Map<String, String> positions = new HashMap<>();

    private final Set<String> finished = new HashSet<>();

    private StreamPoller(
            StreamMapping mapping,
            DynamoDbStreamsClient streams,
            String streamArn,
            LambdaFunction function,
            FailureQueue failures,
            Clock clock) {
        this.mapping = mapping;
        this.filters = mapping.filters().stream().map(EventFilter::of).toList();
        this.streams = streams;
        this.streamArn = streamArn;
        this.function = function;
        this.failures = failures;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("stream " + mapping.table()).unstarted(this::run);
    }

    /// Starts to poll.
    ///
    /// @param streams closed with the poller
    public static StreamPoller start(
            StreamMapping mapping,
            DynamoDbStreamsClient streams,
            String streamArn,
            LambdaFunction function,
            FailureQueue failures,
            Clock clock) {
        var poller = new StreamPoller(mapping, streams, streamArn, function, failures, clock);
        poller.thread.start();
        return poller;
    }

    /// Ends the polling. The batch in progress is not finished.
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        streams.close();
    }

    private void run() {
        try {
            while (!Thread.interrupted()) {
                try {
                    if (!pollOpenShards()) {
                        Thread.sleep(POLL_INTERVAL);
                    }
                } catch (SdkException e) {
                    if (Thread.interrupted()) {
                        return;
                    }
                    System.err.println("The stream of " + mapping.table() + " cannot be read: " + e.getMessage());
                    Thread.sleep(WAIT_AFTER_ERROR);
                }
            }
        } catch (InterruptedException e) {
            // The stack stops.
        }
    }

    /// Says whether there was a record.
    private boolean pollOpenShards() throws InterruptedException {
        boolean found = false;
        for (var shard : shards().values()) {
            var parent = shard.parentShardId();
            if (!finished.contains(shard.shardId()) && (parent == null || !isReadable(parent))) {
                found |= poll(shard.shardId());
            }
        }
        return found;
    }

    private Map<String, Shard> known = Map.of();

    /// Says whether a shard is there and has not been read to its end.
    private boolean isReadable(String shard) {
        return known.containsKey(shard) && !finished.contains(shard);
    }

    private Map<String, Shard> shards() {
        var shards = new LinkedHashMap<String, Shard>();
        String last = null;
        do {
            var start = last;
            var page = streams.describeStream(
                            describe -> describe.streamArn(streamArn).exclusiveStartShardId(start))
                    .streamDescription();
            page.shards().forEach(shard -> shards.put(shard.shardId(), shard));
            last = page.lastEvaluatedShardId();
        } while (last != null);
        known = shards;
        return shards;
    }

    /// Says whether there was a record.
    private boolean poll(String shard) throws InterruptedException {
        var batch = new Batch();
        var windowEnd = clock.instant().plus(mapping.batchingWindow());
        boolean found = false;
        while (!batch.isFull() && !finished.contains(shard)) {
            var response = read(shard, mapping.batchSize());
            found |= response.filter(GetRecordsResponse::hasRecords).isPresent()
                    && !response.get().records().isEmpty();
            response.ifPresent(read -> read.records().stream()
                    .map(record -> RecordJson.of(record, streamArn))
                    .forEach(record -> batch.add(record, passes(record))));
            if (batch.isEmpty() || !clock.instant().isBefore(windowEnd)) {
                break;
            }
            if (!batch.isFull()
                    && response.isPresent()
                    && response.get().records().isEmpty()) {
                Thread.sleep(POLL_INTERVAL);
            }
        }
        for (var records : batch.chunks()) {
            new BatchProcessor(mapping, this::invoke, discarded -> discard(shard, discarded), clock, Thread::sleep)
                    .process(records);
        }
        batch.last().ifPresent(sequenceNumber -> positions.put(shard, sequenceNumber));
        return found;
    }

    private boolean passes(StreamRecord record) {
        return filters.isEmpty() || filters.stream().anyMatch(filter -> filter.matches(record.json()));
    }

    /// Reads on in a shard; empty if the place was lost, and the next reading begins at a new one.
    private Optional<GetRecordsResponse> read(String shard, int limit) {
        var iterator = iterators.computeIfAbsent(shard, this::iterator);
        try {
            var response = streams.getRecords(get -> get.shardIterator(iterator).limit(limit));
            if (response.nextShardIterator() == null) {
                finished.add(shard);
                iterators.remove(shard);
            } else {
                iterators.put(shard, response.nextShardIterator());
            }
            return Optional.of(response);
        } catch (ExpiredIteratorException e) {
            iterators.remove(shard);
            return Optional.empty();
        } catch (TrimmedDataAccessException e) {
            iterators.remove(shard);
            positions.remove(shard);
            return Optional.empty();
        }
    }

    private String iterator(String shard) {
        @Nullable String position = positions.get(shard);
        return streams.getShardIterator(get -> {
                    get.streamArn(streamArn).shardId(shard);
                    if (position == null) {
                        get.shardIteratorType(ShardIteratorType.TRIM_HORIZON);
                    } else {
                        get.shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                                .sequenceNumber(position);
                    }
                })
                .shardIterator();
    }

    private Outcome invoke(List<StreamRecord> batch) {
        var event = JsonNodeFactory.instance.objectNode();
        var records = event.putArray("Records");
        batch.forEach(record -> records.add(record.json()));
        return function.invoke(event.toString().getBytes(StandardCharsets.UTF_8))
                .outcome();
    }

    private void discard(String shard, DiscardedBatch discarded) {
        mapping.onFailure().ifPresent(_ -> failures.send(message(shard, discarded)));
    }

    /// What a queue gets, as the
    /// [documentation](https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html) shows it.
    private ObjectNode message(String shard, DiscardedBatch discarded) {
        var first = discarded.records().getFirst();
        var last = discarded.records().getLast();
        var message = JsonNodeFactory.instance.objectNode();
        message.putObject("requestContext")
                .put("requestId", UUID.randomUUID().toString())
                .put("functionArn", function.definition().arn())
                .put("condition", discarded.condition())
                .put("approximateInvokeCount", discarded.invocations());
        message.putObject("responseContext")
                .put("statusCode", 200)
                .put("executedVersion", "$LATEST")
                .put("functionError", "Unhandled");
        message.put("version", "1.0").put("timestamp", clock.instant().toString());
        message.putObject("DDBStreamBatchInfo")
                .put("shardId", shard)
                .put("startSequenceNumber", first.sequenceNumber())
                .put("endSequenceNumber", last.sequenceNumber())
                .put("approximateArrivalOfFirstRecord", first.created().toString())
                .put("approximateArrivalOfLastRecord", last.created().toString())
                .put("batchSize", discarded.records().size())
                .put("streamArn", streamArn);
        return message;
    }

    /// The records that are gathered for one invocation.
    private final class Batch {

        private final List<StreamRecord> records = new ArrayList<>();
        private @Nullable String last;
        private int bytes;

        void add(StreamRecord record, boolean passes) {
            last = record.sequenceNumber();
            if (passes) {
                records.add(record);
                bytes += size(record);
            }
        }

        boolean isFull() {
            return records.size() >= mapping.batchSize() || bytes >= PAYLOAD_LIMIT;
        }

        boolean isEmpty() {
            return records.isEmpty();
        }

        Optional<String> last() {
            return Optional.ofNullable(last);
        }

        /// Splits what a last reading has brought too much.
        List<List<StreamRecord>> chunks() {
            var chunks = new ArrayList<List<StreamRecord>>();
            int chunkBytes = 0;
            for (var record : records) {
                int size = size(record);
                if (chunks.isEmpty()
                        || chunks.getLast().size() == mapping.batchSize()
                        || chunkBytes + size > PAYLOAD_LIMIT) {
                    chunks.add(new ArrayList<>());
                    chunkBytes = 0;
                }
                chunks.getLast().add(record);
                chunkBytes += size;
            }
            return chunks;
        }

        private static int size(StreamRecord record) {
            return record.json().toString().length();
        }
    }
}
