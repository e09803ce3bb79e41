package dev.overplane.crm.contract;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Hands every test the same [Api]; it is opened by the first that asks and closed when the run ends.
final class ApiExtension implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Api.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(ApiExtension.class))
                .computeIfAbsent(Api.class, _ -> open(), Api.class);
    }

    private static Api open() {
        try {
            return Api.open();
        } catch (Exception e) {
            throw new IllegalStateException("The API under test did not start.", e);
        }
    }
}
