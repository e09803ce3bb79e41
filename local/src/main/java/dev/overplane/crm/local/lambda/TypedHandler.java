package dev.overplane.crm.local.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.GsonFactory;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A `RequestHandler<I, O>` whose input and output pass through the Lambda runtime's own serialization.
///
/// @param <I> the handler's input
/// @param <O> the handler's output
final class TypedHandler<I, O> implements RequestStreamHandler {

    private final RequestHandler<I, O> handler;
    private final PojoSerializer<I> input;
    private final PojoSerializer<O> output;

    private TypedHandler(RequestHandler<I, O> handler, PojoSerializer<I> input, PojoSerializer<O> output) {
        this.handler = handler;
        this.input = input;
        this.output = output;
    }

    static <I, O> TypedHandler<I, O> of(RequestHandler<I, O> handler) {
        var types = typeArguments(handler.getClass());
        return new TypedHandler<>(handler, serializer(types[0]), serializer(types[1]));
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) {
        output.toJson(handler.handleRequest(input.fromJson(in), context), out);
    }

    private static Type[] typeArguments(Class<?> type) {
        for (@Nullable Class<?> c = type; c != null; c = c.getSuperclass()) {
            for (var implemented : c.getGenericInterfaces()) {
                if (implemented instanceof ParameterizedType parameterized
                        && parameterized.getRawType() == RequestHandler.class) {
                    return parameterized.getActualTypeArguments();
                }
            }
        }
        throw new IllegalArgumentException(type.getName() + " must implement RequestHandler with both its types given");
    }

    /// As the runtime chooses: its own serializers for AWS's events, Gson for collections and plain values,
    /// Jackson for the rest.
    @SuppressWarnings("unchecked")
    private static <T> PojoSerializer<T> serializer(Type type) {
        if (type instanceof Class<?> c) {
            if (LambdaEventSerializers.isLambdaSupportedEvent(c.getName())) {
                return (PojoSerializer<T>) LambdaEventSerializers.serializerFor(c, c.getClassLoader());
            }
            return (PojoSerializer<T>)
                    (plain(c)
                            ? GsonFactory.getInstance().getSerializer(c)
                            : JacksonFactory.getInstance().getSerializer(c));
        }
        var raw = type instanceof ParameterizedType parameterized ? parameterized.getRawType() : type;
        return (PojoSerializer<T>)
                (raw instanceof Class<?> c && plain(c)
                        ? GsonFactory.getInstance().getSerializer(type)
                        : JacksonFactory.getInstance().getSerializer(type));
    }

    private static boolean plain(Class<?> type) {
        return Map.class.isAssignableFrom(type)
                || Collection.class.isAssignableFrom(type)
                || type == Object.class
                || type == String.class
                || type == Boolean.class
                || Number.class.isAssignableFrom(type);
    }
}
