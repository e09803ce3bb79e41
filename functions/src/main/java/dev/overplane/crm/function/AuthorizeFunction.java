package dev.overplane.crm.function;

import java.util.Map;

/// The API's authorizer: looks up the API key of a request.
public final class AuthorizeFunction extends JsonFunction {

    /// As Lambda makes it.
    public AuthorizeFunction() {
        this(System.getenv());
    }

    /// @param environment the function's environment variables
    public AuthorizeFunction(Map<String, String> environment) {
        super(new Components(environment).authorizer()::authorize);
    }
}
