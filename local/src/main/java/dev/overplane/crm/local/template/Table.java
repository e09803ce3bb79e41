package dev.overplane.crm.local.template;

import java.util.List;
import java.util.Optional;

/// A DynamoDB table as the template describes it; attribute types, key roles and projections in
/// CloudFormation's own words.
///
/// @param logicalId its name in the template
/// @param name its name at the server
/// @param timeToLive the attribute that holds an item's expiry, if items expire
public record Table(
        String logicalId,
        String name,
        List<Attribute> attributes,
        List<KeyPart> key,
        List<Index> indexes,
        Optional<String> timeToLive) {

    public Table {
        attributes = List.copyOf(attributes);
        key = List.copyOf(key);
        indexes = List.copyOf(indexes);
    }

    /// @param type `S`, `N` or `B`
    public record Attribute(String name, String type) {}

    /// @param role `HASH` or `RANGE`; an index may have several of each
    public record KeyPart(String attribute, String role) {}

    /// A global secondary index.
    ///
    /// @param projection `ALL`, `KEYS_ONLY` or `INCLUDE`
    /// @param projected the attributes beside the keys, for `INCLUDE`
    public record Index(String name, List<KeyPart> key, String projection, List<String> projected) {

        public Index {
            key = List.copyOf(key);
            projected = List.copyOf(projected);
        }
    }
}
