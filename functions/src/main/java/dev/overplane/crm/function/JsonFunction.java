package dev.overplane.crm.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import dev.overplane.crm.json.Json;
import dev.overplane.crm.json.MalformedJsonException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// A function that reads a JSON event and writes a JSON result. What it throws becomes the invocation's error.
///
/// Thread-safe if [#handle] is.
public abstract class JsonFunction implements RequestStreamHandler {

    JsonFunction() {}

    /// Turns an event into a result.
    abstract Json.Content handle(JsonNode event, Context context);

    @Override
    public final void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        Json.write(out, handle(event(in), context));
    }

    private static JsonNode event(InputStream in) throws IOException {
        try {
            return Json.read(in);
        } catch (MalformedJsonException e) {
            throw new InvalidInputException("The input must be JSON.");
        }
    }
}
