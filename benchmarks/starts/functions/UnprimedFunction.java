import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;

/// One of the product's functions, made as for a plain start: what a restore takes without priming.
public final class UnprimedFunction implements RequestStreamHandler {

    private final RequestStreamHandler function;

    public UnprimedFunction() throws ReflectiveOperationException {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.remove("AWS_LAMBDA_INITIALIZATION_TYPE");
        function = (RequestStreamHandler) Class.forName(environment.get("UNPRIMED_FUNCTION"))
                .getConstructor(Map.class)
                .newInstance(environment);
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        function.handleRequest(in, out, context);
    }
}
