package dev.overplane.crm.function;

import java.util.Map;

/// Issues an API key; see [dev.overplane.crm.key.KeyAdministration#issue].
public final class IssueApiKeyFunction extends JsonFunction {

    /// As Lambda makes it.
    public IssueApiKeyFunction() {
        this(System.getenv());
    }

    /// @param environment the function's environment variables
    public IssueApiKeyFunction(Map<String, String> environment) {
        super(new Components(environment).keyAdministration()::issue);
    }
}
