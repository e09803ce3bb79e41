package dev.overplane.crm.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalKeyTest {

    @TempDir
    private Path directory;

    @Test
    void anIssuerThatFailsAtFirstIsAskedAgain() throws IOException {
        try (var stack = LocalStack.start(config(issuer(Handlers.MoodyIssuer.class)))) {
            assertEquals("sk_test_x", stack.apiKey());
        }
    }

    @Test
    void anIssuerThatKeepsFailingEndsTheStart() {
        var error = assertThrows(StackException.class, () -> LocalStack.start(config(issuer(Handlers.Thrower.class))));
        assertEquals("No API key could be issued: no", error.getMessage());
    }

    @Test
    void withoutAnIssuerThereIsNoKey() throws IOException {
        try (var stack = LocalStack.start(config(""))) {
            assertEquals(
                    "the template has no function that issues API keys",
                    assertThrows(IllegalStateException.class, stack::apiKey).getMessage());
        }
    }

    private LocalStackConfig config(String resources) throws IOException {
        var template = "Resources:\n  Api: {Type: AWS::Serverless::Api, Properties: {StageName: v1}}\n" + resources;
        return LocalStackConfig.inMemory()
                .withTemplate(Files.writeString(directory.resolve("template.yaml"), template));
    }

    private static String issuer(Class<?> handler) {
        return "  IssueApiKeyFunction: {Type: AWS::Serverless::Function, Properties: {Handler: \"" + handler.getName()
                + "::handleRequest\"}}\n";
    }
}
