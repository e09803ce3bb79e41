package dev.overplane.crm.dynamodb;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Makes the values of attributes where the SDK has no short way.
public final class Attributes {

    private Attributes() {}

    /// A whole number.
    public static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }
}
