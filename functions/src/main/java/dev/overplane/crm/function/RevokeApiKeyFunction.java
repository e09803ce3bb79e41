package dev.overplane.crm.function;

import java.util.Map;

/// Revokes an API key; see [dev.overplane.crm.key.KeyAdministration#revoke].
public final class RevokeApiKeyFunction extends JsonFunction {

    /// As Lambda makes it.
    public RevokeApiKeyFunction() {
        this(System.getenv());
    }

    /// @param environment the function's environment variables
    public RevokeApiKeyFunction(Map<String, String> environment) {
        super(new Components(environment).keyAdministration()::revoke);
    }
}
