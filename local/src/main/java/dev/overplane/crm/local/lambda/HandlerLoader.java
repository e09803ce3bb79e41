package dev.overplane.crm.local.lambda;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.overplane.crm.local.startup.StartupException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/// Creates the handler that the template names as `package.Class`, with or without `::handleRequest`.
///
/// Functions in one JVM cannot each have environment variables. So a handler class may have a public
/// constructor that takes them as a `Map<String, String>`, which is called here if it exists. Lambda calls the
/// constructor without parameters.
final class HandlerLoader {

    private HandlerLoader() {}

    /// Loads the class, without initialising it.
    ///
    /// @throws StartupException if there is no such class, or if it is not a handler
    static Class<?> load(String logicalId, String handler) {
        var parts = handler.split("::", 2);
        if (parts.length == 2 && !parts[1].equals("handleRequest")) {
            throw new StartupException(logicalId + ": the handler " + handler + " must end in ::handleRequest.");
        }
        try {
            var type = Class.forName(parts[0], false, HandlerLoader.class.getClassLoader());
            if (RequestStreamHandler.class.isAssignableFrom(type) || RequestHandler.class.isAssignableFrom(type)) {
                return type;
            }
            throw new StartupException(logicalId + ": the handler " + parts[0]
                    + " is neither a RequestStreamHandler nor a RequestHandler.");
        } catch (ClassNotFoundException e) {
            throw new StartupException(logicalId + ": there is no class " + parts[0] + ", its handler.", e);
        }
    }

    /// @throws InitializationException if the constructor throws
    static RequestStreamHandler create(Class<?> type, Map<String, String> environment) {
        var withEnvironment = constructorTakingMap(type);
        try {
            var handler = withEnvironment.isPresent()
                    ? withEnvironment.get().newInstance(environment)
                    : type.getConstructor().newInstance();
            return switch (handler) {
                case RequestStreamHandler streaming -> streaming;
                case RequestHandler<?, ?> typed -> TypedHandler.of(typed);
                default -> throw new IllegalArgumentException(type + " is not a handler");
            };
        } catch (InvocationTargetException e) {
            throw new InitializationException(e.getCause() == null ? e : e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new InitializationException(e);
        }
    }

    private static Optional<Constructor<?>> constructorTakingMap(Class<?> type) {
        return Arrays.stream(type.getConstructors())
                .filter(c -> Arrays.equals(c.getParameterTypes(), new Class<?>[] {Map.class}))
                .findFirst();
    }
}
