package dev.overplane.crm.account;

import java.util.Optional;

/// What an API key may do.
public enum Scope {
    /// Every operation.
    READ_WRITE("read_write"),
    /// Operations that change nothing.
    READ_ONLY("read_only");

    private final String label;

    Scope(String label) {
        this.label = label;
    }

    /// The scope with that label, if there is one.
    public static Optional<Scope> parse(String label) {
        for (Scope scope : values()) {
            if (scope.label.equals(label)) {
                return Optional.of(scope);
            }
        }
        return Optional.empty();
    }

    /// Its name on the wire and in the table: `read_write` or `read_only`.
    public String label() {
        return label;
    }
}
