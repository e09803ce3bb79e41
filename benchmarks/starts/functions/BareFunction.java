import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// A function that does nothing: what Lambda's runtime and the JVM take by themselves.
public final class BareFunction implements RequestStreamHandler {

    private static final byte[] RESPONSE =
            "{\"statusCode\":200,\"headers\":{},\"body\":\"{}\"}".getBytes(StandardCharsets.US_ASCII);

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        in.readAllBytes();
        out.write(RESPONSE);
    }
}
