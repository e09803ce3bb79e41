package dev.overplane.crm.local.lambda;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.overplane.crm.local.StackException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/// Makes a handler from the template's `package.Class::handleRequest`.
///
/// A function's environment cannot be set inside one JVM. So a handler class may have a public constructor that
/// takes the variables as a `Map<String, String>`, beside the one without arguments that Lambda calls; it is
/// preferred here.
final class HandlerLoader {

    private HandlerLoader() {}

    /// Finds the class, without making an instance.
    ///
    /// @throws StackException if there is no such class, or it is no handler
    static Class<?> find(String logicalId, String handler) {
        var parts = handler.split("::", 2);
        if (parts.length == 2 && !parts[1].equals("handleRequest")) {
            throw new StackException(logicalId + ": the handler " + handler + " must end in ::handleRequest.");
        }
        try {
            var type = Class.forName(parts[0], false, HandlerLoader.class.getClassLoader());
            if (RequestStreamHandler.class.isAssignableFrom(type) || RequestHandler.class.isAssignableFrom(type)) {
                return type;
            }
            throw new StackException(logicalId + ": the handler " + parts[0]
                    + " is neither a RequestStreamHandler nor a RequestHandler.");
        } catch (ClassNotFoundException e) {
            throw new StackException(logicalId + ": there is no class " + parts[0] + ", its handler.", e);
        }
    }

    /// @throws InitializationException with what the constructor threw
    static RequestStreamHandler make(Class<?> type, Map<String, String> environment) {
        var withEnvironment = constructorTakingMap(type);
        try {
            var handler = withEnvironment.isPresent()
                    ? withEnvironment.get().newInstance(environment)
                    : type.getConstructor().newInstance();
            return switch (handler) {
                case RequestStreamHandler streaming -> streaming;
                case RequestHandler<?, ?> typed -> TypedHandler.of(typed);
                default -> throw new IllegalArgumentException(type + " is no handler");
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
