package dev.overplane.crm.segment.counting;

/// How a tenant's creations, numbered from 0, fall into pages, numbered from 0: arithmetic alone, nothing is
/// stored or looked up.
///
/// The first `base * divisor` pages take `base` creations each; from there on page `p` takes `p / divisor`, so
/// that the number of pages grows with the square root of the creations, and neither the directory nor a page
/// gets large.
///
/// Stored data depends on every number here: a layout must never change once a table is in use.
///
/// @param base creations in each of the first pages, at least 1
/// @param divisor how slowly pages grow, at least 1
/// @param groupPages pages whose deficits are stored in one item, at least 1
public record PageLayout(int base, int divisor, int groupPages) {

    /// The layout of the product.
    ///
    /// With objects of some 200 bytes and 5 bytes for a page's deficit, 256 balances what a deep listing passes
    /// over inside a page with what it reads of the directory. From 4.2 million creations on pages grow. 128
    /// deficits make an item that stays below 1 KB, which is what one write unit pays for.
    public static final PageLayout STANDARD = new PageLayout(256, 64, 128);

    public PageLayout {
        if (base < 1 || divisor < 1 || groupPages < 1) {
            throw new IllegalArgumentException("base, divisor and groupPages must be positive");
        }
    }

    /// The first creation that falls into `page`, which is also how many fall before it.
    public long first(long page) {
        long growing = (long) base * divisor;
        return page <= growing ? base * page : base * growing + quotients(page) - quotients(growing);
    }

    /// How many creations fall into `page`.
    public long capacity(long page) {
        return Math.max(base, page / divisor);
    }

    /// The page into which `creation` falls.
    public long pageOf(long creation) {
        long low = 0;
        long high = creation / base;
        while (low < high) {
            long middle = (low + high + 1) >>> 1;
            if (first(middle) <= creation) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /// The group that keeps the deficit of `page`.
    public long groupOf(long page) {
        return page / groupPages;
    }

    /// The first page of `group`.
    public long firstPage(long group) {
        return group * groupPages;
    }

    /// The last page of `group`.
    public long lastPage(long group) {
        return firstPage(group + 1) - 1;
    }

    /// The sum of `i / divisor` over all `i` from 0 to `n - 1`.
    private long quotients(long n) {
        long whole = n / divisor;
        return divisor * (whole * (whole - 1) / 2) + whole * (n % divisor);
    }
}
