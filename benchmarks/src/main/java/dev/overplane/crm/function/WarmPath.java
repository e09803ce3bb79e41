package dev.overplane.crm.function;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.overplane.crm.account.AccountId;
import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.DynamoDb;
import dev.overplane.crm.segment.Position;
import dev.overplane.crm.segment.SegmentId;
import dev.overplane.crm.segment.Timestamp;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/// A request's way through a function that is warm, from event to result, log line included, without the AWS
/// SDK and DynamoDB: the client answers at once.
///
/// Usage: `WarmPath`, prints JMH's report: the distribution of times, and the bytes that a request allocates.
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class WarmPath {

    private static final Map<String, String> ENVIRONMENT = Map.of(
            "SEGMENTS_TABLE",
            "segments",
            "IDEMPOTENCY_TABLE",
            "idempotency",
            "STACK_NAME",
            "a-stack",
            "ERROR_REFERENCE_URL",
            "/docs/errors");
    private static final int PAGE_SIZE = 20;

    private final RequestStreamHandler retrieve = new RetrieveMarketSegmentFunction(components());
    private final RequestStreamHandler list = new ListMarketSegmentsFunction(components());
    private final byte[] retrieval = event(SegmentRehearsals.retrieve());
    private final byte[] listing = event(SegmentRehearsals.list());
    private final PrintStream log = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

    @Benchmark
    public int retrieve() throws IOException {
        return invoke(retrieve, retrieval);
    }

    @Benchmark
    public int list20() throws IOException {
        return invoke(list, listing);
    }

    /// Bytes of the result.
    private int invoke(RequestStreamHandler function, byte[] event) throws IOException {
        System.setOut(log);
        var result = new ByteArrayOutputStream();
        function.handleRequest(new ByteArrayInputStream(event), result, new LambdaContext("priming"));
        return result.size();
    }

    private static byte[] event(Rehearsal rehearsal) {
        return rehearsal.scenes().getFirst().event().getBytes(StandardCharsets.UTF_8);
    }

    private static Components components() {
        return new Components(ENVIRONMENT, new DynamoDb(new InstantClient()));
    }

    /// A table of twenty segments.
    private record InstantClient(GetItemResponse item, QueryResponse items, QueryResponse counters)
            implements DynamoDbClient {

        InstantClient() {
            var tenant = new Tenant(new AccountId("acct_priming"), false);
            var random = new SecureRandom();
            List<Map<String, AttributeValue>> segments = IntStream.range(0, PAGE_SIZE)
                    .mapToObj(n -> SegmentId.issue(tenant, new Position(0, new Timestamp(n + 1L)), random))
                    .map(InstantClient::segment)
                    .toList();
            this(
                    GetItemResponse.builder().item(segments.getFirst()).build(),
                    QueryResponse.builder().items(segments).build(),
                    QueryResponse.builder()
                            .items(List.of(Map.of(
                                    "id", AttributeValue.fromS("#"),
                                    "c", AttributeValue.fromN(Integer.toString(PAGE_SIZE)))))
                            .build());
        }

        private static Map<String, AttributeValue> segment(SegmentId id) {
            AttributeValue time =
                    AttributeValue.fromN(Long.toString(id.position().createdAt().micros()));
            return Map.of(
                    "tenant", AttributeValue.fromS("acct_priming/test"),
                    "id", AttributeValue.fromS(id.value()),
                    "page", AttributeValue.fromN("0"),
                    "created_at", time,
                    "updated_at", time,
                    "version", AttributeValue.fromN("1"),
                    "market_segment", AttributeValue.fromS("Enterprise customers, EMEA"));
        }

        @Override
        public GetItemResponse getItem(GetItemRequest request) {
            return item;
        }

        @Override
        public QueryResponse query(QueryRequest request) {
            return request.indexName() == null ? counters : items;
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {
            // It holds nothing.
        }
    }

    public static void main(String[] arguments) throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(WarmPath.class.getName())
                        .addProfiler(GCProfiler.class)
                        .build())
                .run();
    }
}
