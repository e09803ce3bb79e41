package dev.overplane.crm.segment;

import java.util.Set;

/// The versions that an object may have for a write to go ahead: what the header `If-Match` says.
///
/// Immutable.
public sealed interface Precondition {

    /// Any version of an object that exists.
    record AnyVersion() implements Precondition {

        @Override
        public boolean allows(long version) {
            return true;
        }
    }

    /// One of these versions.
    ///
    /// @param versions the versions; empty if none would do
    record OneOf(Set<Long> versions) implements Precondition {

        public OneOf {
            versions = Set.copyOf(versions);
        }

        @Override
        public boolean allows(long version) {
            return versions.contains(version);
        }
    }

    /// Whether an object of that version fulfils it.
    boolean allows(long version);
}
