package dev.overplane.crm.dynamodb;

import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/// Puts the client request token of a call on its transaction. The SDK would make one for each call of its own,
/// and some of our calls take several.
///
/// Thread-safe.
final class ClientRequestToken implements ExecutionInterceptor {

    /// The token, in the override configuration of the request.
    static final ExecutionAttribute<String> TOKEN = new ExecutionAttribute<>("ClientRequestToken");

    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
        String token = attributes.getAttribute(TOKEN);
        return token != null && context.request() instanceof TransactWriteItemsRequest transaction
                ? transaction.toBuilder().clientRequestToken(token).build()
                : context.request();
    }
}
