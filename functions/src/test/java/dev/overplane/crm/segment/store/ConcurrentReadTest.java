package dev.overplane.crm.segment.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConcurrentReadTest {

    @Test
    void a_read_is_made_while_its_caller_does_something_else() {
        var thread = new CompletableFuture<Thread>();
        var read = ConcurrentRead.start(() -> {
            thread.complete(Thread.currentThread());
            return "result";
        });

        assertNotSame(Thread.currentThread(), thread.join());
        assertEquals("result", read.await());
    }

    @RepeatedTest(200)
    void a_read_is_made_once_whoever_comes_to_it_first() {
        var reads = new AtomicInteger();
        var read = ConcurrentRead.start(reads::incrementAndGet);

        assertEquals(1, read.await());
        assertEquals(1, read.await());
    }

    @Test
    void what_a_read_throws_its_caller_gets() {
        var failure = new IllegalArgumentException("damaged");
        ConcurrentRead<String> read = ConcurrentRead.start(() -> {
            throw failure;
        });

        assertSame(failure, assertThrows(IllegalArgumentException.class, read::await));
    }

    @Test
    void an_error_in_a_read_leaves_nobody_waiting() {
        var failure = new StackOverflowError();
        ConcurrentRead<String> read = ConcurrentRead.start(() -> {
            throw failure;
        });

        assertSame(failure, assertThrows(CompletionException.class, read::await).getCause());
    }
}
