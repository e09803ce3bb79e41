package dev.overplane.crm.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.overplane.crm.segment.store.Deleted;
import dev.overplane.crm.segment.store.Population;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A table in the documents, between the comments `<!-- measured: NAME -->` and `<!-- end -->`. It is the
/// expectation, so that what is published is what holds; run the tests with `-Dcosts.write=true` to write what
/// they measure instead, and look at the difference.
enum PublishedCosts {
    OPERATIONS("operations", "listing.md"),
    LISTINGS("listings", "listing.md"),
    LARGE_LISTINGS("large listings", "listing.md"),
    DELETIONS("deletions", "listing.md"),
    CONTENTION("contention", "writes.md");

    /// The comment, the head of the table, and the line below it.
    private static final int LINES_BEFORE_ROWS = 3;

    private final String name;
    private final Path document;

    PublishedCosts(String name, String document) {
        this.name = name;
        this.document = Path.of("..", "docs", document);
    }

    /// The tenants whose listings are published.
    static List<Population> populations() {
        var populations = new ArrayList<Population>();
        for (Deleted deleted : Deleted.values()) {
            for (long created : new long[] {10, 1_000, 100_000, 1_000_000, 10_000_000}) {
                populations.add(Costs.population(created, deleted, Costs.ENTRY_BYTES));
            }
        }
        for (Deleted deleted : Deleted.values()) {
            populations.add(Costs.population(1_000_000, deleted, Costs.SHORT_ENTRY_BYTES));
        }
        return populations;
    }

    /// Compares the rows with those of the table.
    ///
    /// @param measured the rows, each a line of Markdown
    void check(List<String> measured) throws IOException {
        List<String> lines = Files.readAllLines(document);
        int begin = lines.indexOf("<!-- measured: " + name + " -->") + LINES_BEFORE_ROWS;
        int end = begin + lines.subList(begin, lines.size()).indexOf("<!-- end -->");
        if (Boolean.getBoolean("costs.write")) {
            var written = new ArrayList<>(lines.subList(0, begin));
            written.addAll(measured);
            written.addAll(lines.subList(end, lines.size()));
            Files.write(document, written);
        } else {
            assertEquals(String.join("\n", lines.subList(begin, end)), String.join("\n", measured));
        }
    }
}
