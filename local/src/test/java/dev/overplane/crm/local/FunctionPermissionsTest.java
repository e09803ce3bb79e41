package dev.overplane.crm.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The project's template, and the same with a permission less.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FunctionPermissionsTest {

    @TempDir
    private Path directory;

    @Test
    void a_function_that_lacks_a_permission_fails_and_says_which_and_all_others_work() throws Exception {
        var console = System.out;
        var written = new ByteArrayOutputStream();
        try (var stack = LocalStack.start(LocalStackConfig.inMemory(withoutRetrievesPermission()))) {
            var client = SegmentClient.of(stack);
            var created = client.create();
            System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
            assertEquals(500, client.status(created));
            assertEquals(List.of(created), client.ids());
        } finally {
            System.setOut(console);
        }
        var log = written.toString(StandardCharsets.UTF_8);
        assertTrue(log.contains("/RetrieveMarketSegmentFunction is not authorized to perform: dynamodb:GetItem"), log);
        assertTrue(log.contains(":table/market-segment-local-segments because no identity-based policy allows"), log);
    }

    private Path withoutRetrievesPermission() throws Exception {
        var template = Files.readString(LocalStackConfig.inMemory().template());
        var function = template.indexOf("  RetrieveMarketSegmentFunction:");
        var action = template.indexOf("Action: [dynamodb:GetItem]", function);
        var changed = template.substring(0, action) + template.substring(action).replaceFirst("GetItem", "Query");
        return Files.writeString(directory.resolve("template.yaml"), changed);
    }
}
