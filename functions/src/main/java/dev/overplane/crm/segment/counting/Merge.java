package dev.overplane.crm.segment.counting;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// One step of keeping the directory small: neighbouring pages that hold no more objects than one full page are
/// counted together from now on. The sums stay, so every listing is the same before and after.
///
/// @param merged the pages and the sum of their deficits
/// @param replaced the stored spans that it stands for, two or more
public record Merge(Span merged, List<Span> replaced) {

    public Merge {
        replaced = List.copyOf(replaced);
    }

    /// What can be merged within one group.
    ///
    /// @param created objects ever created; the page that is being filled, and later ones, are left alone
    /// @param group the group
    /// @param stored its stored spans, in any order
    public static List<Merge> plan(PageLayout layout, long created, long group, Collection<Span> stored) {
        long sealed = Math.min(layout.lastPage(group), layout.pageOf(created) - 1);
        var merges = new ArrayList<Merge>();
        var run = new Run(layout, stored);
        long page = layout.firstPage(group);
        while (page <= sealed) {
            long to = unitEnd(page, stored);
            if (!run.takes(page, to)) {
                run.merge().ifPresent(merges::add);
                run = new Run(layout, stored);
                run.takes(page, to);
            }
            page = to + 1;
        }
        run.merge().ifPresent(merges::add);
        return merges;
    }

    private static long unitEnd(long page, Collection<Span> stored) {
        return stored.stream()
                .filter(span -> span.from() == page)
                .mapToLong(Span::to)
                .max()
                .orElse(page);
    }

    /// A run that grows as long as it holds no more objects than one page of the base capacity.
    private static final class Run {

        private final PageLayout layout;
        private final Collection<Span> stored;
        private long from = -1;
        private long to;
        private long live;

        Run(PageLayout layout, Collection<Span> stored) {
            this.layout = layout;
            this.stored = stored;
        }

        boolean takes(long unitFrom, long unitTo) {
            long more = layout.first(unitTo + 1) - layout.first(unitFrom) - deficit(within(unitFrom, unitTo));
            if (from >= 0 && live + more > layout.base()) {
                return false;
            }
            from = from < 0 ? unitFrom : from;
            to = unitTo;
            live += more;
            return true;
        }

        Optional<Merge> merge() {
            if (from < 0) {
                return Optional.empty();
            }
            List<Span> replaced = within(from, to);
            return replaced.size() < 2
                    ? Optional.empty()
                    : Optional.of(new Merge(new Span(from, to, deficit(replaced)), replaced));
        }

        private List<Span> within(long first, long last) {
            var pages = new Span(first, last, 0);
            return stored.stream().filter(pages::covers).toList();
        }

        private static long deficit(List<Span> spans) {
            return spans.stream().mapToLong(Span::deficit).sum();
        }
    }
}
