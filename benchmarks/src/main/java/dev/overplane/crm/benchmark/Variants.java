package dev.overplane.crm.benchmark;

import dev.overplane.crm.account.AccountId;
import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.segment.counting.PageLayout;
import dev.overplane.crm.segment.store.Population;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// What other page layouts would cost, by arithmetic: a table for `docs/listing.md`.
public final class Variants {

    private static final int LIMIT = 20;

    private Variants() {}

    private record Variant(String name, PageLayout layout, int entryBytes) {}

    public static void main(String[] arguments) {
        List<Variant> variants = List.of(
                new Variant("**256, p/64, 128: ours**", PageLayout.STANDARD, 347),
                new Variant("base 128", new PageLayout(128, 64, 128), 347),
                new Variant("base 512", new PageLayout(512, 64, 128), 347),
                new Variant("base 1024", new PageLayout(1024, 64, 128), 347),
                new Variant("growth p/16", new PageLayout(256, 16, 128), 347),
                new Variant("growth p/4", new PageLayout(256, 4, 128), 347),
                new Variant("no growth", new PageLayout(256, 1 << 20, 128), 347),
                new Variant("groups of 64", new PageLayout(256, 64, 64), 347),
                new Variant("groups of 256", new PageLayout(256, 64, 256), 347),
                new Variant("entries of 180 bytes", PageLayout.STANDARD, 180),
                new Variant("entries of 180 bytes, base 512", new PageLayout(512, 64, 128), 180));
        System.out.println(
                "| variant | 1 M, none deleted | 1 M, 1 in 10 | 10 M, none | 10 M, 1 in 10 | largest group item |");
        System.out.println("| --- | ---: | ---: | ---: | ---: | ---: |");
        for (Variant variant : variants) {
            System.out.printf(
                    "| %s | %s | %s | %s | %s | %,d bytes |%n",
                    variant.name,
                    cell(variant, 1_000_000, Population.NONE),
                    cell(variant, 1_000_000, 10),
                    cell(variant, 10_000_000, Population.NONE),
                    cell(variant, 10_000_000, 10),
                    largestGroup(variant));
        }
    }

    private static String cell(Variant variant, long objects, int deletedOneIn) {
        ExpectedCost cost = ExpectedCost.of(population(variant, objects, deletedOneIn));
        return String.format(
                Locale.ROOT, "%.1f · %.1f", cost.average(LIMIT), cost.units(cost.worstOffset(LIMIT), LIMIT));
    }

    /// With a name of usual length, and every other object deleted, so that deficits have three digits.
    private static long largestGroup(Variant variant) {
        return population(variant, 1_000_000, 2)
                .counters()
                .max(Comparator.comparingLong(ItemSize::of))
                .map(ItemSize::of)
                .orElseThrow();
    }

    private static Population population(Variant variant, long objects, int deletedOneIn) {
        var tenant = new Tenant(new AccountId("acct_" + "a".repeat(16)), true);
        return new Population(tenant, variant.layout, objects, deletedOneIn, variant.entryBytes);
    }
}
