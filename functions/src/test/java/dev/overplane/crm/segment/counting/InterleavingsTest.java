package dev.overplane.crm.segment.counting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/// Every order in which the steps of four deletes, two archivers and a listing can take place on a group of two
/// pages. Each step is one call of DynamoDB: a delete is one transaction; an archiver reads the item, reads the
/// archive, commits one page, and does so once more; a listing reads the item, reads the archive, and begins
/// again if the two do not belong together.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class InterleavingsTest {

    private static final PageLayout LAYOUT = new PageLayout(2, 2);
    private static final int CREATED = 4;
    /// The page of each delete.
    private static final List<Integer> DELETES = List.of(0, 1, 0, 1);
    private static final int ARCHIVERS = 2;
    private static final int ARCHIVINGS = 2;

    @Test
    void every_listing_shows_a_total_and_pages_that_were_true_at_a_moment_of_its_own() {
        Outcome outcome = explore(GroupChange::isAllowedOn, PageCounts::isConsistent, Integer.MAX_VALUE);
        assertEquals(0, outcome.wrong, () -> "wrong among " + outcome.listings);
        assertTrue(outcome.listings > 10_000, () -> "only " + outcome.listings + " listings");
        assertTrue(outcome.repeated > 0, "some have to read again");
    }

    /// The negative twin.
    @Test
    void listings_are_wrong_if_they_do_not_check_the_archives_sum() {
        Outcome outcome = explore(GroupChange::isAllowedOn, _ -> true, 1);
        assertTrue(outcome.wrong > 0);
    }

    /// The negative twin.
    @Test
    void listings_are_wrong_if_an_archiver_does_not_mind_another_archiver() {
        Outcome outcome = explore(
                (change, present) -> present.deleted() == change.before().deleted(), PageCounts::isConsistent, 1);
        assertTrue(outcome.wrong > 0);
    }

    /// The negative twin.
    @Test
    void listings_are_wrong_if_an_archiver_does_not_mind_deletes() {
        Outcome outcome = explore(
                (change, present) -> present.archived() == change.before().archived(), PageCounts::isConsistent, 1);
        assertTrue(outcome.wrong > 0);
    }

    /// What the whole search found.
    private static final class Outcome {
        private int listings;
        private int repeated;
        private int wrong;
    }

    /// How far an archiver has come.
    ///
    /// @param read the item, once it has been read
    /// @param change what it is about to commit, once it has read the archive
    /// @param rest archivings that it still makes
    private record Archiver(
            @Nullable GroupCounter read, @Nullable GroupChange change, int rest) {

        Archiver next() {
            return new Archiver(null, null, rest - 1);
        }
    }

    /// How far the listing has come, and what was true since it began.
    private record Listing(@Nullable GroupCounter read, List<Pages> truths, boolean done) {}

    /// Objects in each page.
    private record Pages(List<Long> live) {

        static Pages of(PageCounts counts) {
            return new Pages(LongStream.range(0, 2).mapToObj(counts::live).toList());
        }
    }

    private record State(
            GroupCounter item, Archive archive, List<Integer> deletes, List<Archiver> archivers, Listing listing) {

        /// What is true now, whatever has been archived.
        Pages truth() {
            return new Pages(LongStream.range(0, 2)
                    .mapToObj(page -> 2
                            - DELETES.stream().filter(delete -> delete == page).count()
                            + deletes.stream().filter(delete -> delete == page).count())
                    .toList());
        }
    }

    /// @param enough wrong listings after which the search ends
    private static Outcome explore(
            BiPredicate<GroupChange, GroupCounter> condition, Predicate<PageCounts> belongTogether, int enough) {
        var outcome = new Outcome();
        var archiver = new Archiver(null, null, ARCHIVINGS);
        var start = new State(
                GroupCounter.empty(0),
                Archive.EMPTY,
                DELETES,
                Collections.nCopies(ARCHIVERS, archiver),
                new Listing(null, List.of(), false));
        var seen = new HashSet<State>(List.of(start));
        var open = new ArrayDeque<State>(List.of(start));
        while (!open.isEmpty() && outcome.wrong < enough) {
            State state = open.pollLast();
            Consumer<State> next = reached -> {
                if (seen.add(reached)) {
                    open.add(reached);
                }
            };
            delete(state, next);
            archive(state, condition, next);
            list(state, belongTogether, outcome, next);
        }
        return outcome;
    }

    private static void delete(State state, Consumer<State> next) {
        for (int page : new HashSet<>(state.deletes)) {
            var rest = new ArrayList<>(state.deletes);
            rest.remove(Integer.valueOf(page));
            next.accept(witnessed(
                    new State(state.item.plus(page, 1), state.archive, rest, state.archivers, state.listing)));
        }
    }

    private static void archive(State state, BiPredicate<GroupChange, GroupCounter> condition, Consumer<State> next) {
        for (int i = 0; i < ARCHIVERS; i++) {
            Archiver archiver = state.archivers.get(i);
            if (archiver.rest == 0) {
                continue;
            }
            if (archiver.read == null) {
                next.accept(with(state, i, new Archiver(state.item, null, archiver.rest)));
            } else if (archiver.change == null) {
                Optional<GroupChange> change = GroupChange.archiving(archiver.read, state.archive, 1);
                next.accept(with(
                        state,
                        i,
                        change.isPresent()
                                ? new Archiver(archiver.read, change.get(), archiver.rest)
                                : archiver.next()));
            } else {
                State after = with(state, i, archiver.next());
                next.accept(
                        condition.test(archiver.change, state.item)
                                ? new State(
                                        written(state.item, archiver.change),
                                        archiver.change.archive(),
                                        after.deletes,
                                        after.archivers,
                                        after.listing)
                                : after);
            }
        }
    }

    /// What the update of the item makes of it: figures that came later stay.
    private static GroupCounter written(GroupCounter present, GroupChange change) {
        var unarchived = new TreeMap<>(present.unarchived());
        var removed = new HashSet<>(change.before().unarchived().keySet());
        removed.removeAll(change.after().unarchived().keySet());
        unarchived.keySet().removeAll(removed);
        return new GroupCounter(0, change.after().deleted(), change.after().archived(), unarchived);
    }

    private static void list(State state, Predicate<PageCounts> belongTogether, Outcome outcome, Consumer<State> next) {
        Listing listing = state.listing;
        if (listing.done) {
            return;
        }
        if (listing.read == null) {
            List<Pages> truths = listing.truths.isEmpty() ? List.of(state.truth()) : listing.truths;
            next.accept(with(state, new Listing(state.item, truths, false)));
            return;
        }
        Counters counters = Counters.of(LAYOUT, CREATED, List.of(listing.read));
        PageCounts pages = counters.pages(listing.read, state.archive);
        if (!belongTogether.test(pages)) {
            outcome.repeated++;
            next.accept(with(state, new Listing(null, listing.truths, false)));
            return;
        }
        outcome.listings++;
        Pages shown = Pages.of(pages);
        boolean right = listing.truths.contains(shown)
                && counters.total()
                        == shown.live.stream().mapToLong(Long::longValue).sum();
        outcome.wrong += right ? 0 : 1;
        next.accept(with(state, new Listing(null, List.of(), true)));
    }

    /// A listing that has begun takes note of what is true from now on.
    private static State witnessed(State state) {
        Listing listing = state.listing;
        if (listing.done || listing.truths.isEmpty()) {
            return state;
        }
        var truths = new ArrayList<>(listing.truths);
        truths.add(state.truth());
        return with(state, new Listing(listing.read, truths, false));
    }

    private static State with(State state, int i, Archiver archiver) {
        var archivers = new ArrayList<>(state.archivers);
        archivers.set(i, archiver);
        return new State(state.item, state.archive, state.deletes, archivers, state.listing);
    }

    private static State with(State state, Listing listing) {
        return new State(state.item, state.archive, state.deletes, state.archivers, listing);
    }
}
