package dev.overplane.crm.segment.store;

/// Which of a tenant's creations have been deleted. Everything follows from the number of a creation.
public enum Deleted {
    NONE("none") {
        @Override
        public long survivors(long creations, long created) {
            return creations;
        }

        @Override
        long creation(long survivor, long created) {
            return survivor;
        }
    },

    ONE_IN_TEN("1 in 10") {
        @Override
        public long survivors(long creations, long created) {
            return creations - creations / 10;
        }

        @Override
        long creation(long survivor, long created) {
            return survivor + survivor / 9;
        }
    },

    EVERY_SECOND("1 in 2") {
        @Override
        public long survivors(long creations, long created) {
            return creations - creations / 2;
        }

        @Override
        long creation(long survivor, long created) {
            return 2 * survivor;
        }
    },

    /// Those that are left lie as far apart as they can.
    ALL_BUT_A_THOUSAND("all but 1,000") {
        @Override
        public long survivors(long creations, long created) {
            return Math.ceilDiv(creations, apart(created));
        }

        @Override
        long creation(long survivor, long created) {
            return survivor * apart(created);
        }

        private long apart(long created) {
            return Math.max(1, Math.ceilDiv(created, 1_000));
        }
    };

    private final String label;

    Deleted(String label) {
        this.label = label;
    }

    /// How many of the first `creations` are left, of `created` in all.
    public abstract long survivors(long creations, long created);

    /// The creation of a survivor, both from 0, oldest first.
    abstract long creation(long survivor, long created);

    /// Its name in tables.
    public String label() {
        return label;
    }
}
