package dev.overplane.crm.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import dev.overplane.crm.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Function;

/// A function that takes JSON and answers JSON. What it throws becomes the invocation's error.
public abstract class JsonFunction implements RequestStreamHandler {

    private final Function<JsonNode, Json.Content> answer;

    JsonFunction(Function<JsonNode, Json.Content> answer) {
        this.answer = answer;
    }

    @Override
    public final void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        Json.write(out, answer.apply(Json.read(in)));
    }
}
