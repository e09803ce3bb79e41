package dev.overplane.crm.json;

import com.fasterxml.jackson.core.JsonLocation;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// A text is not JSON. The message says where it stops to be, and quotes nothing of it.
public final class MalformedJsonException extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    private MalformedJsonException(String message) {
        super(message);
    }

    /// @param location where, or `null` if that is not known
    static MalformedJsonException at(@Nullable JsonLocation location) {
        return new MalformedJsonException(
                location == null
                        ? "not JSON"
                        : "not JSON at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr()));
    }
}
