package dev.overplane.crm.segment.store;

import dev.overplane.crm.account.AccountId;
import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.benchmark.ItemSize;
import dev.overplane.crm.segment.counting.Archive;
import dev.overplane.crm.segment.counting.GroupChange;
import dev.overplane.crm.segment.counting.GroupCounter;
import dev.overplane.crm.segment.counting.PageCounts;
import dev.overplane.crm.segment.counting.PageLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// A million deletions of two million objects, made by 32 function instances in turn at random, each of which
/// archives as [SegmentDeleter] does, and no upkeep. Deletions and archivings come one after the other.
public final class Churn {

    private static final int DELETIONS = 1_000_000;
    private static final int CREATED = 2_000_000;
    private static final int INSTANCES = 32;
    private static final PageLayout LAYOUT = PageLayout.STANDARD;
    private static final Tenant TENANT = new Tenant(new AccountId("acct_" + "a".repeat(16)), true);
    private static final Map<Order, Churn> DONE = new EnumMap<>(Order.class);

    /// Which objects are deleted, one after the other.
    public enum Order {
        AT_RANDOM("at random", creations -> {
            Collections.shuffle(creations, new Random(1));
            return creations;
        }),
        OLDEST_FIRST("oldest first", creations -> creations),
        NEWEST_FIRST("newest first", List::reversed),
        PAGE_BY_PAGE("all of a page in a row, pages at random", creations -> {
            List<Integer> pages = new ArrayList<>(
                    IntStream.range(0, CREATED / LAYOUT.pageSize()).boxed().toList());
            Collections.shuffle(pages, new Random(1));
            return pages.stream()
                    .flatMap(page ->
                            creations.subList(page * LAYOUT.pageSize(), (page + 1) * LAYOUT.pageSize()).stream())
                    .toList();
        });

        private final String label;
        private final UnaryOperator<List<Integer>> order;

        Order(String label, UnaryOperator<List<Integer>> order) {
            this.label = label;
            this.order = order;
        }
    }

    private final Order order;
    private final Random random = new Random(2);
    private final int[] deletesOf = new int[INSTANCES];
    private final long[] deletedIn = new long[(int) LAYOUT.pages(CREATED)];
    private final List<GroupCounter> groups = new ArrayList<>();
    private final List<Archive> archives = new ArrayList<>();
    private int mostPages;
    private long largestGroup;
    private long largestArchive;
    private long archivings;
    private long writeUnits;
    private long readUnits;

    private Churn(Order order) {
        this.order = order;
        for (int group = 0; group <= LAYOUT.groupOf(LAYOUT.pageOf(CREATED - 1)); group++) {
            groups.add(GroupCounter.empty(group));
            archives.add(Archive.EMPTY);
        }
    }

    /// Deletes a million in that order, unless it has been done before.
    public static synchronized Churn of(Order order) {
        return DONE.computeIfAbsent(order, given -> {
            var churn = new Churn(given);
            List<Integer> creations =
                    new ArrayList<>(IntStream.range(0, CREATED).boxed().toList());
            given.order.apply(creations).subList(0, DELETIONS).forEach(churn::delete);
            return churn;
        });
    }

    private void delete(int creation) {
        long page = LAYOUT.pageOf(creation);
        int group = (int) LAYOUT.groupOf(page);
        deletedIn[(int) page]++;
        groups.set(group, groups.get(group).plus(LAYOUT.indexInGroup(page), 1));
        weigh(group);
        if (++deletesOf[random.nextInt(INSTANCES)] % SegmentDeleter.DELETES_FOR_A_LOOK == 0) {
            look(group);
        }
    }

    private void weigh(int group) {
        int pages = groups.get(group).unarchived().size();
        if (pages >= mostPages - 2) {
            mostPages = Math.max(mostPages, pages);
            largestGroup = Math.max(largestGroup, groupBytes(group));
        }
    }

    private void look(int group) {
        readUnits++;
        if (groups.get(group).unarchived().size() < SegmentDeleter.PAGES_TO_ARCHIVE) {
            return;
        }
        readUnits += (long) ItemSize.readUnits(archiveBytes(group), true);
        long before = groupBytes(group);
        GroupChange change =
                GroupChange.archiving(groups.get(group), archives.get(group)).orElseThrow();
        groups.set(group, change.after());
        archives.set(group, change.archive());
        archivings++;
        // Twice, for the two are written in a transaction.
        writeUnits += 2 * (ItemSize.writeUnits(before) + ItemSize.writeUnits(archiveBytes(group)));
        largestArchive = Math.max(largestArchive, archiveBytes(group));
    }

    private long groupBytes(int group) {
        return ItemSize.of(CounterItems.group(TENANT, groups.get(group)));
    }

    private long archiveBytes(int group) {
        return ItemSize.of(CounterItems.archive(TENANT, group, archives.get(group)));
    }

    /// Bytes of the largest item of a group that there ever was.
    public long largestGroup() {
        return largestGroup;
    }

    /// Bytes of the largest archive that there ever was.
    public long largestArchive() {
        return largestArchive;
    }

    /// Write units that archiving adds to a delete, on average.
    public double writeUnitsADelete() {
        return (double) writeUnits / DELETIONS;
    }

    /// Where the counters are not those of a plain count.
    public List<String> differences() {
        var differences = new ArrayList<String>();
        for (int page = 0; page < deletedIn.length; page++) {
            int group = (int) LAYOUT.groupOf(page);
            var counts = new PageCounts(LAYOUT, CREATED, groups.get(group), archives.get(group));
            if (!counts.isConsistent() || counts.deletions(page) != deletedIn[page]) {
                differences.add("page %d: %d instead of %d".formatted(page, counts.deletions(page), deletedIn[page]));
            }
        }
        return differences;
    }

    /// The row of the table.
    public String row() {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %,d | %,d | %.2f | %.2f |",
                order.label,
                largestGroup,
                largestArchive,
                archivings,
                writeUnitsADelete(),
                (double) readUnits / DELETIONS);
    }
}
