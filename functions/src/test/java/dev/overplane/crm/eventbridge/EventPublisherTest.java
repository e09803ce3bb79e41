package dev.overplane.crm.eventbridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.dynamodb.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EventPublisherTest {

    private static final Deadline AMPLE = Deadline.in(Duration.ofHours(1));

    private final Bus bus = new Bus();
    private final List<Duration> waits = new ArrayList<>();

    @Test
    void ten_events_go_in_one_call() {
        assertEquals(Set.of(), publish(AMPLE, events("abcdefghijk")));
        assertEquals(List.of("abcdefghij", "k"), bus.calls);
        assertEquals(List.of(), waits);
    }

    @Test
    void a_call_has_one_event_of_each_object() {
        assertEquals(Set.of(), publish(AMPLE, events("aabab")));
        assertEquals(List.of("ab", "ab", "a"), bus.calls);
        assertEquals("a0 b2 a1 b4 a3", bus.taken());
    }

    @Test
    void a_call_has_no_more_bytes_than_the_bus_takes() {
        var large = new BusEvent("a", "t", Instant.EPOCH, "x".repeat(EventBus.MAX_BYTES / 2));
        var other = new BusEvent("b", "t", Instant.EPOCH, "x".repeat(EventBus.MAX_BYTES / 2));
        var small = new BusEvent("c", "t", Instant.EPOCH, "x");
        assertEquals(Set.of(), publish(AMPLE, List.of(large, other, small)));
        assertEquals(List.of("ac", "b"), bus.calls);
    }

    @Test
    void what_the_bus_refuses_is_tried_again_before_what_follows_of_its_object() {
        bus.refuses = (call, event) -> call == 1 && event.object().equals("a");
        assertEquals(Set.of(), publish(AMPLE, events("aba")));
        assertEquals(List.of("ab", "a", "a"), bus.calls);
        assertEquals("b1 a0 a2", bus.taken());
        assertEquals(1, waits.size());
    }

    @Test
    void a_call_without_an_answer_is_tried_again() {
        bus.fails = call -> call <= 2;
        assertEquals(Set.of(), publish(AMPLE, events("ab")));
        assertEquals(List.of("ab", "ab", "ab"), bus.calls);
        assertEquals(2, waits.size());
    }

    @Test
    void one_that_is_always_refused_is_the_end_of_its_object_and_of_no_other() {
        bus.refuses = (_, event) -> event.detail().equals("1");
        assertEquals(Set.of(1, 3), publish(Deadline.in(Duration.ofSeconds(1)), events("aabac")));
        assertEquals("a0 b2 c4", bus.taken());
    }

    @Test
    void without_time_nothing_is_sent() {
        assertEquals(Set.of(0, 1), publish(Deadline.in(Duration.ZERO), events("ab")));
        assertEquals(List.of(), bus.calls);
    }

    @Test
    void waits_grow_to_some_seconds_and_are_random() {
        bus.fails = call -> call <= 40;
        publish(AMPLE, events("a"));
        assertEquals(40, waits.size());
        assertTrue(waits.getFirst().compareTo(Duration.ofMillis(100)) <= 0, waits::toString);
        assertTrue(waits.stream().allMatch(wait -> wait.compareTo(Duration.ofMillis(3200)) <= 0), waits::toString);
        assertTrue(waits.stream().anyMatch(wait -> wait.compareTo(Duration.ofMillis(1600)) > 0), waits::toString);
        assertEquals(40, waits.stream().distinct().count());
    }

    @Test
    void an_interrupted_wait_ends_the_attempts() {
        bus.fails = _ -> true;
        var publisher = new EventPublisher(bus, new SplittableRandom(1), _ -> {
            throw new InterruptedException();
        });
        assertEquals(Set.of(0), publisher.publish(events("a"), AMPLE));
        assertTrue(Thread.interrupted());
        assertEquals(1, bus.calls.size());
    }

    private SortedSet<Integer> publish(Deadline deadline, List<BusEvent> events) {
        return new EventPublisher(bus, new SplittableRandom(1), waits::add).publish(events, deadline);
    }

    /// One event for each letter, of the object of that name. The detail is the index.
    private static List<BusEvent> events(String objects) {
        return IntStream.range(0, objects.length())
                .mapToObj(i -> new BusEvent(objects.substring(i, i + 1), "t", Instant.EPOCH, Integer.toString(i)))
                .toList();
    }

    /// A bus that fails as a test says. Calls are counted from 1.
    private static final class Bus implements EventBus {

        private final List<String> calls = new ArrayList<>();
        private final List<BusEvent> taken = new ArrayList<>();
        private IntPredicate fails = _ -> false;
        private BiPredicate<Integer, BusEvent> refuses = (_, _) -> false;

        @Override
        public List<Boolean> put(List<BusEvent> events, Duration limit) {
            calls.add(String.join("", events.stream().map(BusEvent::object).toList()));
            if (fails.test(calls.size())) {
                throw new EventBusException("no answer");
            }
            return events.stream()
                    .map(event -> !refuses.test(calls.size(), event) && taken.add(event))
                    .toList();
        }

        @Override
        public int size(BusEvent event) {
            return event.size("s");
        }

        String taken() {
            return String.join(
                    " ",
                    taken.stream().map(event -> event.object() + event.detail()).toList());
        }
    }
}
