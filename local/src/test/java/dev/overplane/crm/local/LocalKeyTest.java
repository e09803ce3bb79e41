package dev.overplane.crm.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.overplane.crm.local.lambda.TestHandlers;
import dev.overplane.crm.local.startup.StartupException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LocalKeyTest {

    @TempDir
    private Path directory;

    @Test
    void a_key_is_issued_although_the_first_attempt_fails() throws IOException {
        try (var stack = LocalStack.start(config(issuer(FailsOnce.class)))) {
            assertEquals("sk_test_x", stack.apiKey());
        }
    }

    @Test
    void the_start_fails_if_every_attempt_fails() {
        var error =
                assertThrows(StartupException.class, () -> LocalStack.start(config(issuer(TestHandlers.Throws.class))));
        assertEquals("No API key could be issued: no", error.getMessage());
    }

    @Test
    void there_is_no_key_without_a_function_that_issues_it() throws IOException {
        try (var stack = LocalStack.start(config(""))) {
            assertEquals(
                    "the template has no function that issues API keys",
                    assertThrows(IllegalStateException.class, stack::apiKey).getMessage());
        }
    }

    private LocalStackConfig config(String resources) throws IOException {
        var template = "Resources:\n  Api: {Type: AWS::Serverless::Api, Properties: {StageName: v1}}\n" + resources;
        return LocalStackConfig.inMemory(Files.writeString(directory.resolve("template.yaml"), template));
    }

    private static String issuer(Class<?> handler) {
        return "  IssueApiKeyFunction: {Type: AWS::Serverless::Function, Properties: {Handler: \"" + handler.getName()
                + "::handleRequest\"}}\n";
    }

    public static final class FailsOnce implements RequestStreamHandler {

        private final AtomicInteger calls = new AtomicInteger();

        @Override
        public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
            if (calls.incrementAndGet() == 1) {
                throw new IOException("not now");
            }
            out.write("{\"secret\":\"sk_test_x\"}".getBytes(StandardCharsets.UTF_8));
        }
    }
}
