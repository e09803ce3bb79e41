package dev.overplane.crm.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DurabilityTest {

    private static final int WRITERS = 4;
    /// Objects to acknowledge before the process is killed, while more are created.
    private static final int ACKNOWLEDGED = 60;

    @TempDir
    private Path directory;

    @Test
    void acknowledged_objects_survive_a_kill() throws Exception {
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
        }
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
