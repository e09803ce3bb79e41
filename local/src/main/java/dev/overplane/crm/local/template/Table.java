package dev.overplane.crm.local.template;

import java.util.List;
import java.util.Optional;

/// Describes a DynamoDB table. Attribute types, key types and projections are CloudFormation's values.
///
/// @param logicalId its name in the template
/// @param name its name at DynamoDB
/// @param timeToLive the attribute that holds an item's expiry, if items expire
public record Table(
        String logicalId,
        String name,
        List<Attribute> attributes,
        List<KeyElement> key,
        List<Index> indexes,
        Optional<String> timeToLive) {

    public Table {
        attributes = List.copyOf(attributes);
        key = List.copyOf(key);
        indexes = List.copyOf(indexes);
    }

    /// @param type `S`, `N` or `B`
    public record Attribute(String name, String type) {}

    /// @param type `HASH` or `RANGE`; an index may have several of each
    public record KeyElement(String attribute, String type) {}

    /// A global secondary index.
    ///
    /// @param projection `ALL`, `KEYS_ONLY` or `INCLUDE`
    /// @param projected the attributes beside the keys, for `INCLUDE`
    public record Index(String name, List<KeyElement> key, String projection, List<String> projected) {

        public Index {
            key = List.copyOf(key);
            projected = List.copyOf(projected);
        }
    }
}
