package dev.overplane.crm.benchmark;

import dev.overplane.crm.account.AccountId;
import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.segment.counting.PageLayout;
import dev.overplane.crm.segment.store.Deleted;
import dev.overplane.crm.segment.store.Population;
import java.util.List;
import java.util.Locale;

/// Prints what listings would cost with other sizes of pages, groups and entries, by arithmetic: what the choice of
/// [PageLayout#STANDARD] rests on.
public final class Variants {

    private static final int LIMIT = 20;

    private Variants() {}

    /// @param entryBytes bytes of an object in the index
    private record Variant(String name, PageLayout layout, int entryBytes) {}

    public static void main(String[] arguments) {
        List<Variant> variants = List.of(
                new Variant("**256, 2,500: ours**", PageLayout.STANDARD, 347),
                new Variant("pages of 128", new PageLayout(128, 2500), 347),
                new Variant("pages of 512", new PageLayout(512, 2500), 347),
                new Variant("groups of 512 pages", new PageLayout(256, 512), 347),
                new Variant("groups of 1,024 pages", new PageLayout(256, 1024), 347),
                new Variant("groups of 5,000 pages", new PageLayout(256, 5000), 347),
                new Variant("entries of 180 bytes", PageLayout.STANDARD, 180),
                new Variant("entries of 180 bytes, pages of 512", new PageLayout(512, 2500), 180));
        System.out.println("| variant | 1 M, 1 in 10 | 10 M, 1 in 2 | 100 M, none | 100 M, 1 in 2 | archive |");
        System.out.println("| --- | ---: | ---: | ---: | ---: | ---: |");
        for (Variant variant : variants) {
            System.out.printf(
                    "| %s | %s | %s | %s | %s | %,d bytes |%n",
                    variant.name,
                    cell(variant, 1_000_000, Deleted.ONE_IN_TEN),
                    cell(variant, 10_000_000, Deleted.EVERY_SECOND),
                    cell(variant, 100_000_000, Deleted.NONE),
                    cell(variant, 100_000_000, Deleted.EVERY_SECOND),
                    ItemSize.of(population(variant, 10_000_000, Deleted.EVERY_SECOND)
                            .archiveItem(0)));
        }
    }

    /// Read units at offset 0, on average over all offsets, and at the worst one.
    private static String cell(Variant variant, long created, Deleted deleted) {
        ExpectedCost cost = ExpectedCost.of(population(variant, created, deleted));
        return String.format(
                Locale.ROOT,
                "%.1f · %.1f · %.1f",
                cost.units(0, LIMIT),
                cost.average(LIMIT),
                cost.units(cost.worstOffset(LIMIT), LIMIT));
    }

    private static Population population(Variant variant, long created, Deleted deleted) {
        var tenant = new Tenant(new AccountId("acct_" + "a".repeat(16)), true);
        return new Population(tenant, variant.layout, created, deleted, 0, variant.entryBytes);
    }
}
