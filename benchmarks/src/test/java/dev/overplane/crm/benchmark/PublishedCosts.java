package dev.overplane.crm.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.overplane.crm.segment.store.Population;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A table in `docs/listing.md`, between two marks. It is the expectation, so that what is published is what
/// holds; run the tests with `-Dcosts.write=true` to write what they measure instead, and look at the
/// difference.
enum PublishedCosts {
    OPERATIONS("operations"),
    LISTINGS("listings");

    private static final Path DOCUMENT = Path.of("..", "docs", "listing.md");

    private final String name;

    PublishedCosts(String name) {
        this.name = name;
    }

    /// The tenants whose listings are published.
    static List<Population> populations(int... deletedOneIn) {
        var populations = new ArrayList<Population>();
        for (int oneIn : deletedOneIn) {
            for (long objects : new long[] {10, 1_000, 100_000, 1_000_000, 10_000_000}) {
                populations.add(Costs.population(objects, oneIn, 347));
            }
        }
        for (int oneIn : deletedOneIn) {
            populations.add(Costs.population(1_000_000, oneIn, 180));
        }
        return populations;
    }

    /// Compares the rows with those of the table.
    void check(List<String> measured) throws IOException {
        List<String> lines = Files.readAllLines(DOCUMENT);
        int begin = lines.indexOf("<!-- measured: " + name + " -->") + 3;
        int end = begin + lines.subList(begin, lines.size()).indexOf("<!-- end -->");
        if (Boolean.getBoolean("costs.write")) {
            var written = new ArrayList<>(lines.subList(0, begin));
            written.addAll(measured);
            written.addAll(lines.subList(end, lines.size()));
            Files.write(DOCUMENT, written);
        } else {
            assertEquals(String.join("\n", lines.subList(begin, end)), String.join("\n", measured));
        }
    }
}
