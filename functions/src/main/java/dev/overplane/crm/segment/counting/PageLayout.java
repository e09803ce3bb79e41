package dev.overplane.crm.segment.counting;

/// How a tenant's creations, numbered from 0, fall into pages and groups of pages, numbered from 0: by
/// division. Nothing is stored or looked up.
///
/// Stored data depends on both numbers: a layout must never change once a table is in use.
///
/// @param pageSize creations in each page, at least 1
/// @param groupPages pages whose deletions one item counts, at least 1
public record PageLayout(int pageSize, int groupPages) {

    /// The layout of the product.
    ///
    /// 256 balances the objects that a deep listing skips inside a page against the counters that it reads.
    /// Every listing reads some 48 bytes for each group: 2,500 pages make a group of 640,000 creations, and 157
    /// groups of a hundred million. The archive of a group is then at most 5.1 KB.
    public static final PageLayout STANDARD = new PageLayout(256, 2500);

    public PageLayout {
        if (pageSize < 1 || groupPages < 1) {
            throw new IllegalArgumentException("pageSize and groupPages must be positive");
        }
    }

    /// The page into which `creation` falls.
    public long pageOf(long creation) {
        return creation / pageSize;
    }

    /// The first creation that falls into `page`, which is also how many fall before it.
    public long first(long page) {
        return page * pageSize;
    }

    /// How many pages have begun after `created` creations.
    public long pages(long created) {
        return Math.ceilDiv(created, pageSize);
    }

    /// The group that counts the deletions of `page`.
    public long groupOf(long page) {
        return page / groupPages;
    }

    /// The first page of `group`.
    public long firstPage(long group) {
        return group * groupPages;
    }

    /// The ordinal of `page` within its group, from 0.
    public int indexInGroup(long page) {
        return (int) (page % groupPages);
    }

    /// How many of the first `created` creations fall into the pages from `from` to the one before `to`.
    public long creations(long created, long from, long to) {
        return Math.max(0, Math.min(created, first(to)) - first(from));
    }
}
