package dev.overplane.crm.segment.counting;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// The model: which creations still exist, as plain as can be, and the spans that a store would have kept of
/// it.
final class Creations {

    private final PageLayout layout;
    private final List<Boolean> exist = new ArrayList<>();

    Creations(PageLayout layout) {
        this.layout = layout;
    }

    /// A history of random creates and deletes, in which `survival` of all objects live on.
    static Creations random(PageLayout layout, int created, double survival, Random random) {
        var creations = new Creations(layout);
        for (int i = 0; i < created; i++) {
            creations.exist.add(random.nextDouble() < survival);
        }
        return creations;
    }

    long created() {
        return exist.size();
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

    /// The spans that a store would have, page by page, with those of `merges` in place of what they replace.
    List<Span> spans(List<Merge> merges) {
        var spans = new ArrayList<Span>();
        for (long page = 0; page <= layout.pageOf(exist.size()); page++) {
            long deficit = 0;
            for (long i = layout.first(page); i < Math.min(exist.size(), layout.first(page + 1)); i++) {
                deficit += exist.get((int) i) ? 0 : 1;
            }
            if (deficit > 0) {
                spans.add(Span.of(page, deficit));
            }
        }
        for (Merge merge : merges) {
            spans.removeAll(merge.replaced());
            spans.add(merge.merged());
        }
        return spans;
    }

    /// What the index answers to a slice: it knows the objects and their pages, and nothing of the counters.
    List<Integer> read(Slice slice) {
        List<Integer> order = newestFirst();
        List<Integer> found = (slice.newestFirst() ? order : order.reversed())
                .stream()
                        .filter(i -> slice.newestFirst()
                                ? layout.pageOf(i) <= slice.page()
                                : layout.pageOf(i) >= slice.page())
                        .limit(slice.read())
                        .skip(slice.skip())
                        .toList();
        return slice.newestFirst() ? found : found.reversed();
    }
}
