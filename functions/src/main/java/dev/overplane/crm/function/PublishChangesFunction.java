package dev.overplane.crm.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.eventbridge.EventPublisher;
import dev.overplane.crm.log.Log;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Puts an event on the bus for each change of a market segment. Invoked with records of the segments table's
/// stream.
///
/// Reports every record that is not done, so that Lambda delivers it again. A record that cannot be understood
/// ends the batch: those before it are published, it and those after it are reported. At the head of a batch it
/// fails the invocation. Lambda then splits the batch until that record is alone, and at last sends it to the
/// failure queue; none of the others is published twice for its sake.
///
/// Thread-safe.
public final class PublishChangesFunction implements RequestHandler<DynamodbEvent, StreamsEventResponse> {

    /// Time for the report, before the function's time-out.
    private static final Duration RESERVE = Duration.ofSeconds(5);

    private final EventPublisher publisher;

    /// Lambda calls this one.
    public PublishChangesFunction() {
        this(System.getenv());
    }

    /// @param environment the function's environment variables
    public PublishChangesFunction(Map<String, String> environment) {
        publisher = new Components(environment).eventPublisher();
    }

    @Override
    public StreamsEventResponse handleRequest(DynamodbEvent event, Context context) {
        Deadline deadline = Deadline.in(
                Duration.ofMillis(context.getRemainingTimeInMillis()).minus(RESERVE));
        List<DynamodbStreamRecord> records = event.getRecords();
        var events = new ArrayList<ChangeEvent>();
        var sources = new ArrayList<Integer>();
        int understood = 0;
        while (understood < records.size() && decode(records.get(understood), understood == 0, events)) {
            if (events.size() > sources.size()) {
                sources.add(understood);
            }
            understood++;
        }
        SortedSet<Integer> failed =
                publisher.publish(events.stream().map(ChangeEvent::toBusEvent).toList(), deadline);
        List<ChangeEvent> published = IntStream.range(0, events.size())
                .filter(index -> !failed.contains(index))
                .mapToObj(events::get)
                .toList();
        Log.info(
                "changes_published",
                fields -> fields.add("records", records.size())
                        .add("published", published.size())
                        .add("failed", failed.size())
                        .add("ids", joined(published.stream().map(ChangeEvent::objectId)))
                        .add(
                                "request_ids",
                                joined(published.stream()
                                        .map(ChangeEvent::requestId)
                                        .flatMap(Optional::stream)))
                        .add("duration_ms", deadline.elapsed().toMillis()));
        var unfinished = new TreeSet<Integer>();
        failed.forEach(index -> unfinished.add(sources.get(index)));
        for (int i = understood; i < records.size(); i++) {
            unfinished.add(i);
        }
        return new StreamsEventResponse(unfinished.stream()
                .map(i -> new BatchItemFailure(records.get(i).getDynamodb().getSequenceNumber()))
                .toList());
    }

    private static String joined(Stream<String> ids) {
        return ids.collect(Collectors.joining(" "));
    }

    /// Adds the event of a record, if it has one.
    ///
    /// @param first whether it is at the head of the batch
    /// @return whether the record can be understood
    private static boolean decode(DynamodbStreamRecord record, boolean first, List<ChangeEvent> events) {
        try {
            ChangeRecords.event(record).ifPresent(events::add);
            return true;
        } catch (MalformedRecordException e) {
            Log.error("malformed_record", e, fields -> fields.add("event_id", String.valueOf(record.getEventID())));
            if (first) {
                throw e;
            }
            return false;
        }
    }
}
