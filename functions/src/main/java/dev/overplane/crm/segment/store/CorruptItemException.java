package dev.overplane.crm.segment.store;

import java.io.Serial;

/// An item of the table is not what this code writes. It names the attribute and never its value.
public final class CorruptItemException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    CorruptItemException(String id, String attribute) {
        super("item " + id + " has no valid attribute " + attribute);
    }
}
