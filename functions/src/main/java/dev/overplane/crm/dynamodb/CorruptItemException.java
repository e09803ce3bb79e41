package dev.overplane.crm.dynamodb;

import java.io.Serial;

/// An attribute of a stored item is not what this code writes. The message names the item and the attribute,
/// and never the value.
public final class CorruptItemException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    /// @param item the item's sort key, or what else tells it from others in the logs
    public CorruptItemException(String item, String attribute) {
        super("item " + item + " has no valid attribute " + attribute);
    }
}
