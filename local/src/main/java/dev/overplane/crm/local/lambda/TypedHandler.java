package dev.overplane.crm.local.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;

/// Adapts a `RequestHandler<I, O>`: converts its input and output as the Java runtime of Lambda does.
///
/// @param <I> the handler's input
/// @param <O> the handler's output
record TypedHandler<I, O>(RequestHandler<I, O> handler, PojoSerializer<I> input, PojoSerializer<O> output)
        implements RequestStreamHandler {

    /// @throws IllegalArgumentException if the class of `handler` does not itself implement `RequestHandler`
    /// with both types
    static <I, O> TypedHandler<I, O> of(RequestHandler<I, O> handler) {
        var types = Arrays.stream(handler.getClass().getGenericInterfaces())
                .filter(ParameterizedType.class::isInstance)
                .map(ParameterizedType.class::cast)
                .filter(type -> type.getRawType() == RequestHandler.class)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        handler.getClass().getName() + " must implement RequestHandler with both its types"))
                .getActualTypeArguments();
        return new TypedHandler<>(handler, serializer(types[0]), serializer(types[1]));
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) {
        output.toJson(handler.handleRequest(input.fromJson(in), context), out);
    }

    /// Selects a serializer as the runtime does: AWS's events have their own, Jackson serves all other types.
    @SuppressWarnings("unchecked")
    private static <T> PojoSerializer<T> serializer(Type type) {
        return (PojoSerializer<T>)
                (type instanceof Class<?> c && LambdaEventSerializers.isLambdaSupportedEvent(c.getName())
                        ? LambdaEventSerializers.serializerFor(c, c.getClassLoader())
                        : JacksonFactory.getInstance().getSerializer(type));
    }
}
