package dev.overplane.crm.segment.store;

import dev.overplane.crm.account.Tenant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The page that each tenant was last seen to fill. The store corrects one that is out of date.
///
/// Thread-safe, and bounded.
final class PageCache {

    private static final int MAX_TENANTS = 10_000;

    private final Map<Tenant, Long> pages = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Tenant, Long> eldest) {
            return size() > MAX_TENANTS;
        }
    });

    /// The page; empty for a tenant that has not been seen yet.
    Optional<Long> of(Tenant tenant) {
        return Optional.ofNullable(pages.get(tenant));
    }

    void remember(Tenant tenant, long page) {
        pages.put(tenant, page);
    }
}
