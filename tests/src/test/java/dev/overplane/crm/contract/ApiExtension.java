package dev.overplane.crm.contract;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Hands every test the same [Api]; it is opened by the first that asks and closed when the run ends. If it
/// does not open, each test fails for that reason at once: it is not tried again.
final class ApiExtension implements ParameterResolver {

    private sealed interface Opening extends AutoCloseable {

        record Open(Api api) implements Opening {

            @Override
            public void close() {
                api.close();
            }
        }

        record Failed(Exception reason) implements Opening {

            @Override
            public void close() {}
        }

        @Override
        void close();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Api.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var opening = context.getRoot()
                .getStore(Namespace.create(ApiExtension.class))
                .computeIfAbsent(Opening.class, _ -> open(), Opening.class);
        return switch (opening) {
            case Opening.Open(Api api) -> api;
            case Opening.Failed(Exception reason) ->
                throw new IllegalStateException("The API under test did not start.", reason);
        };
    }

    private static Opening open() {
        try {
            return new Opening.Open(Api.open());
        } catch (Exception e) {
            return new Opening.Failed(e);
        }
    }
}
