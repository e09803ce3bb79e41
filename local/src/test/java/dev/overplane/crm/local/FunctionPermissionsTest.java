package dev.overplane.crm.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    void a_function_that_lacks_a_permission_fails_and_says_which_and_all_others_work() throws Throwable {
        String log;
        try (var stack = LocalStack.start(LocalStackConfig.inMemory(withoutRetrievesPermission()))) {
            var client = SegmentClient.of(stack);
            var created = client.create();
            log = Console.printedBy(() -> assertEquals(500, client.status(created)));
            assertEquals(List.of(created), client.ids());
        }
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
