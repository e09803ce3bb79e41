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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurabilityTest {

    private static final int WRITERS = 4;
    /// The process is killed when so many objects have been acknowledged, with the next ones under way.
    private static final int ENOUGH = 60;

    @TempDir
    private Path directory;

    @Test
    void whatWasAcknowledgedSurvivesAKill() throws Exception {
        var data = Map.of("DATA_DIR", directory.toString());
        Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
        String key;
        try (var stack = new StackProcess(data).awaitStart();
                var writers = Executors.newFixedThreadPool(WRITERS)) {
            var caller = stack.caller();
            key = caller.key();
            for (int i = 0; i < WRITERS; i++) {
                writers.execute(() -> createUntilItBreaks(caller, acknowledged));
            }
            while (acknowledged.size() < ENOUGH) {
                Thread.sleep(5);
            }
            stack.kill();
        }
        try (var stack = new StackProcess(data).awaitStart()) {
            var caller = stack.caller();
            assertEquals(key, caller.key());
            List<String> lost = new ArrayList<>();
            for (var id : acknowledged) {
                if (settledStatus(caller, id) != 200) {
                    lost.add(id);
                }
            }
            assertEquals(List.of(), lost);
            var listed = caller.ids();
            assertEquals(listed.size(), caller.total());
            assertTrue(listed.containsAll(acknowledged));
        }
    }

    /// On a machine under load the first calls may be told to come back in a moment, which says nothing of the
    /// object.
    private static int settledStatus(Caller caller, String id) throws IOException, InterruptedException {
        int status = caller.status(id);
        for (int attempt = 1; status == 503 && attempt < 10; attempt++) {
            status = caller.status(id);
        }
        return status;
    }

    private static void createUntilItBreaks(Caller caller, Queue<String> acknowledged) {
        try {
            while (true) {
                acknowledged.add(caller.create());
            }
        } catch (IOException e) {
            // Killed.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
