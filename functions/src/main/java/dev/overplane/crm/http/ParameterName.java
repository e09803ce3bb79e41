package dev.overplane.crm.http;

import java.util.Optional;
import java.util.regex.Pattern;

/// The name of a query parameter or body member as a client wrote it.
public final class ParameterName {

    /// What names look like. An API key is longer, and so is anything else that might be pasted by mistake.
    private static final Pattern FORM = Pattern.compile("[0-9A-Za-z_$@.\\[\\]-]{1,30}");

    private ParameterName() {}

    /// The name, if it may go back to the client: 1 to 30 letters, digits and marks that names have. Anything
    /// else might be a secret in the wrong place.
    public static Optional<String> repeatable(String name) {
        return FORM.matcher(name).matches() ? Optional.of(name) : Optional.empty();
    }
}
