package dev.overplane.crm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.testing.Concurrently;
import dev.overplane.crm.testing.client.ApiClient;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Walks through one account of objects that several threads created at once, then again with a third of them
/// deleted.
@Contract
@DisplayName("A walk through all pages")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PagingWalkTest {

    private static final int THREADS = 6;
    private static final int PER_THREAD = 20;
    private static final int BEFORE_DELETIONS = 1;
    private static final int DELETIONS = 2;
    private static final int AFTER_DELETIONS = 3;

    private final Api api;
    private ApiClient owner;
    private List<List<String>> createdByThread;
    private List<String> left;

    PagingWalkTest(Api api) {
        this.api = api;
    }

    @BeforeAll
    void create_objects_from_several_threads() {
        owner = api.emptyAccount();
        createdByThread = Concurrently.run(
                THREADS,
                _ -> IntStream.range(0, PER_THREAD)
                        .mapToObj(_ -> owner.create().id())
                        .toList());
        left = createdByThread.stream().flatMap(List::stream).toList();
    }

    @Test
    @Order(BEFORE_DELETIONS)
    void shows_what_one_thread_created_newest_first() {
        var listed = byOffset(100);
        for (var created : createdByThread) {
            assertEquals(
                    created.reversed(),
                    listed.stream().filter(created::contains).toList());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 20, 40, 100})
    @Order(BEFORE_DELETIONS)
    void sees_every_object_once_and_in_one_order(int limit) {
        assertWalks(limit);
    }

    @Test
    @Order(DELETIONS)
    void goes_on_while_objects_are_deleted_and_created() {
        var listed = byOffset(100);
        var doomed = Stream.concat(
                        // A whole stretch, then every fourth, the last of all among them.
                        listed.subList(30, 50).stream(),
                        IntStream.iterate(51, at -> at < listed.size(), at -> at + 4)
                                .mapToObj(listed::get))
                .toList();
        var walked = new ArrayList<String>();
        var page = owner.listing("?limit=10");
        while (true) {
            walked.addAll(page.ids());
            if (!page.hasMore()) {
                break;
            }
            // The object that the next page begins after is deleted, and others ahead of it and behind.
            owner.delete(page.ids().getLast()).mustBe(200);
            owner.delete(owner.create().id()).mustBe(200);
            page = owner.listing("?limit=10&starting_after=" + page.ids().getLast());
        }
        assertEquals(listed, walked);
        doomed.forEach(id -> owner.delete(id));
        left = left.stream().filter(id -> owner.retrieve(id).status() == 200).toList();
        assertTrue(doomed.stream().noneMatch(left::contains));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 20, 40, 100})
    @Order(AFTER_DELETIONS)
    void sees_every_object_that_is_left_once_and_in_one_order(int limit) {
        assertTrue(left.size() < THREADS * PER_THREAD);
        assertWalks(limit);
    }

    private void assertWalks(int limit) {
        var expected = Stream.concat(
                        owner.listing("?limit=100").ids().stream(),
                        owner.listing("?limit=100&offset=100").ids().stream())
                .toList();
        assertEquals(left.stream().sorted().toList(), expected.stream().sorted().toList());
        assertEquals(expected, byOffset(limit));
        assertEquals(expected, byStartingAfter(limit));
        assertEquals(expected, byLink("?limit=" + limit));
        assertEquals(expected, byLink("?offset=0&limit=" + limit));
    }

    private List<String> byLink(String query) {
        var seen = new ArrayList<String>();
        var page = owner.list(query).mustBe(200);
        seen.addAll(page.listing().ids());
        while (page.nextPage().isPresent()) {
            page = owner.list(query(page.nextPage().get())).mustBe(200);
            seen.addAll(page.listing().ids());
        }
        return seen;
    }

    private static String query(String target) {
        return target.substring(target.indexOf('?'));
    }

    private List<String> byOffset(int limit) {
        return walk(limit, seen -> "&offset=" + seen.size());
    }

    private List<String> byStartingAfter(int limit) {
        return walk(limit, seen -> seen.isEmpty() ? "" : "&starting_after=" + seen.getLast());
    }

    private List<String> walk(int limit, Function<List<String>, String> next) {
        var seen = new ArrayList<String>();
        while (true) {
            var page = owner.listing("?limit=" + limit + next.apply(seen));
            seen.addAll(page.ids());
            assertEquals(left.size(), page.total());
            assertEquals(seen.size() < left.size(), page.hasMore());
            if (!page.hasMore()) {
                return seen;
            }
            assertEquals(limit, page.data().size());
        }
    }
}
