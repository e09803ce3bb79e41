package dev.overplane.crm.segment.counting;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/// The model: which creations still exist, as plain as can be, and the counters that a store would have kept of
/// it.
final class Creations {

    private final PageLayout layout;
    private final List<Boolean> exist = new ArrayList<>();
    private final Map<Long, Archive> archives = new HashMap<>();
    private final List<GroupCounter> groups = new ArrayList<>();

    private Creations(PageLayout layout) {
        this.layout = layout;
    }

    /// A history of random creates and deletes, in which `survival` of all objects live on, and a random part
    /// of the deletions has been archived.
    static Creations random(PageLayout layout, int created, double survival, Random random) {
        var creations = new Creations(layout);
        for (int i = 0; i < created; i++) {
            creations.exist.add(random.nextDouble() < survival);
        }
        creations.count(random);
        return creations;
    }

    private void count(Random random) {
        for (long group = 0; layout.first(layout.firstPage(group)) < exist.size(); group++) {
            var archived = new TreeMap<Integer, Long>();
            var unarchived = new TreeMap<Integer, Long>();
            for (int index = 0; index < layout.groupPages(); index++) {
                long deleted = deleted(layout.firstPage(group) + index);
                long part = random.nextInt((int) deleted + 1);
                archived.put(index, part);
                if (deleted > part) {
                    unarchived.put(index, deleted - part);
                }
            }
            long sum = GroupCounter.sum(archived);
            archives.put(group, Archive.EMPTY.with(archived));
            groups.add(new GroupCounter(group, sum + GroupCounter.sum(unarchived), sum, unarchived));
        }
    }

    private long deleted(long page) {
        long deleted = 0;
        for (long i = layout.first(page); i < Math.min(exist.size(), layout.first(page + 1)); i++) {
            deleted += exist.get((int) i) ? 0 : 1;
        }
        return deleted;
    }

    Counters counters() {
        return Counters.of(layout, exist.size(), groups);
    }

    Archive archive(long group) {
        return Objects.requireNonNull(archives.get(group));
    }

    /// The numbers of the objects that exist, newest first.
    List<Integer> newestFirst() {
        var alive = new ArrayList<Integer>();
        for (int i = exist.size() - 1; i >= 0; i--) {
            if (exist.get(i)) {
                alive.add(i);
            }
        }
        return alive;
    }

    /// What the index answers to a read: it knows the objects and their pages, and nothing of the counters.
    List<Integer> read(IndexRead read) {
        List<Integer> order = newestFirst();
        List<Integer> found = (read.newestFirst() ? order : order.reversed())
                .stream()
                        .filter(i ->
                                read.newestFirst() ? layout.pageOf(i) <= read.page() : layout.pageOf(i) >= read.page())
                        .limit(read.count())
                        .skip(read.skip())
                        .toList();
        return read.newestFirst() ? found : found.reversed();
    }
}
