package dev.overplane.crm.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Execution(ExecutionMode.CONCURRENT)
class DurabilityTest {

    private static final int WRITERS = 4;
    /// Objects to acknowledge before the process is killed, while more are created.
    private static final int ACKNOWLEDGED = 60;

    @TempDir
    private Path directory;

    @Test
    void acknowledged_objects_and_their_events_survive_a_kill() throws Exception {
        var data = Map.of("DATA_DIR", directory.toString());
        Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
        String key;
        try (var stack = new StackProcess(data).awaitStart();
                var writers = Executors.newFixedThreadPool(WRITERS)) {
            var client = stack.client();
            key = client.key();
            for (int i = 0; i < WRITERS; i++) {
                writers.execute(() -> createUntilKilled(client, acknowledged));
            }
            while (acknowledged.size() < ACKNOWLEDGED) {
                Thread.sleep(5);
            }
            stack.kill();
        }
        try (var stack = new StackProcess(data).awaitStart()) {
            var client = stack.client();
            assertEquals(key, client.key());
            List<String> lost = new ArrayList<>();
            for (var id : acknowledged) {
                if (statusAfterStart(client, id) != 200) {
                    lost.add(id);
                }
            }
            assertEquals(List.of(), lost);
            var listed = client.ids();
            assertEquals(listed.size(), client.total());
            assertTrue(listed.containsAll(acknowledged));
            awaitEvents(stack, acknowledged);
        }
    }

    /// Ten thousand objects, and a kill after the half of them. Takes minutes: `mvn -q test -pl local -am
    /// -Dtest=DurabilityTest -Dsurefire.failIfNoSpecifiedTests=false -DmanyObjects=10000`
    @Test
    @EnabledIfSystemProperty(named = "manyObjects", matches = "\\d+")
    void of_many_objects_none_lacks_its_event_after_a_kill() throws Exception {
        int count = Integer.getInteger("manyObjects");
        var data = Map.of("DATA_DIR", directory.toString());
        Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
        for (int part = 1; part <= 2; part++) {
            try (var stack = new StackProcess(data).awaitStart();
                    var writers = Executors.newFixedThreadPool(WRITERS)) {
                var client = stack.client();
                for (int i = 0; i < WRITERS; i++) {
                    writers.execute(() -> createUntilKilled(client, acknowledged));
                }
                while (acknowledged.size() < count * part / 2) {
                    Thread.sleep(5);
                }
                if (part == 2) {
                    awaitEvents(stack, List.copyOf(acknowledged));
                }
                stack.kill();
            }
        }
    }

    /// Waits until there is an event of each object. The limit is ample; it ends a test that fails.
    private static void awaitEvents(StackProcess stack, Collection<String> ids) throws InterruptedException {
        Set<String> missing = Set.of();
        for (int attempt = 0; attempt < 600; attempt++) {
            missing = new HashSet<>(ids);
            missing.removeAll(stack.createdByEvents());
            if (missing.isEmpty()) {
                return;
            }
            Thread.sleep(100);
        }
        assertEquals(Set.of(), missing);
    }

    /// Repeats the call on 503: on a busy machine the first calls can exceed the functions' time limits.
    private static int statusAfterStart(SegmentClient client, String id) throws IOException, InterruptedException {
        int status = client.status(id);
        for (int attempt = 1; status == 503 && attempt < 10; attempt++) {
            status = client.status(id);
        }
        return status;
    }

    private static void createUntilKilled(SegmentClient client, Queue<String> acknowledged) {
        try {
            while (true) {
                acknowledged.add(client.create());
            }
        } catch (IOException e) {
            // The stack has been killed.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
