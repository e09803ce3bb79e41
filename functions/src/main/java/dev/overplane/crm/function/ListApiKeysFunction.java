package dev.overplane.crm.function;

import java.util.Map;

/// Lists an account's API keys; see [dev.overplane.crm.key.KeyAdministration#list].
public final class ListApiKeysFunction extends JsonFunction {

    /// As Lambda makes it.
    public ListApiKeysFunction() {
        this(System.getenv());
    }

    /// @param environment the function's environment variables
    public ListApiKeysFunction(Map<String, String> environment) {
        super(new Components(environment).keyAdministration()::list);
    }
}
