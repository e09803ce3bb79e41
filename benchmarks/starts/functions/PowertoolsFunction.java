import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.overplane.crm.function.RetrieveMarketSegmentFunction;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import software.amazon.lambda.powertools.metrics.Metrics;
import software.amazon.lambda.powertools.metrics.MetricsBuilder;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/// The product's retrieval, which also writes its metrics by Powertools for AWS Lambda: what that library would
/// add to a start and to a restore. Before a snapshot it uses the library, as the product uses its own code.
public final class PowertoolsFunction implements RequestStreamHandler {

    private static final List<String> COUNTS =
            List.of("ServerErrors", "ClientErrors", "StoreUnavailable", "TransactionConflicts", "DamagedItems");
    private static final int REHEARSALS = 100;

    private final Metrics metrics = MetricsBuilder.builder()
            .withNamespace("MarketSegment")
            .withDefaultDimension("Stack", System.getenv("STACK_NAME"))
            .build();
    private final RequestStreamHandler function = new RetrieveMarketSegmentFunction();

    public PowertoolsFunction() {
        if ("snap-start".equals(System.getenv("AWS_LAMBDA_INITIALIZATION_TYPE"))) {
            for (int i = 0; i < REHEARSALS; i++) {
                write(Duration.ZERO);
            }
        }
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        long begun = System.nanoTime();
        function.handleRequest(in, out, context);
        write(Duration.ofNanos(System.nanoTime() - begun));
    }

    private void write(Duration duration) {
        metrics.addDimension("Operation", "RetrieveMarketSegment");
        metrics.addMetric("Duration", duration.toMillis(), MetricUnit.MILLISECONDS);
        COUNTS.forEach(count -> metrics.addMetric(count, 0, MetricUnit.COUNT));
        metrics.flush();
    }
}
