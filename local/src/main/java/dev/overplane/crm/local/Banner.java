package dev.overplane.crm.local;

import dev.overplane.crm.local.reference.ReferenceHandler;
import dev.overplane.crm.local.template.Route;
import java.net.URI;

/// Formats what is printed when the stack has started.
final class Banner {

    private Banner() {}

    static String of(LocalStack stack) {
        return """

                API       %s
                Docs      %s
                Lambda    %s
                DynamoDB  %s
                PutEvents %s
                Events    %s
                API key   %s

                %s

                Press Ctrl-C to stop.
                """.formatted(
                        stack.apiUrl(),
                        stack.apiUrl() + ReferenceHandler.PATH,
                        stack.lambdaUrl(),
                        stack.dynamoDbUrl(),
                        stack.eventBridgeUrl().map(URI::toString).orElse("-"),
                        stack.apiUrl() + LocalApi.EVENTS,
                        stack.apiKey(),
                        exampleCall(stack));
    }

    /// Calls the first route without a path variable.
    private static String exampleCall(LocalStack stack) {
        var path = stack.template().api().routes().stream()
                .filter(route -> route.method().equals("GET") && !route.path().contains("{"))
                .findFirst()
                .map(Route::path)
                .orElse("/");
        return "curl -H 'Authorization: Bearer " + stack.apiKey() + "' " + stack.apiUrl() + path;
    }
}
