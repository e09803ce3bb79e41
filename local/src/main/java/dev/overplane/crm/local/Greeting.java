package dev.overplane.crm.local;

/// What is printed when the stack is up.
final class Greeting {

    private Greeting() {}

    static String of(LocalStack stack) {
        var notRun = stack.template().notRun();
        return """

                API       %s
                Lambda    %s
                DynamoDB  %s
                API key   %s

                %s
                %s
                Ctrl-C ends it.
                """.formatted(
                        stack.apiUrl(),
                        stack.lambdaUrl(),
                        stack.dynamoDbUrl(),
                        stack.apiKey(),
                        curl(stack),
                        notRun.isEmpty() ? "" : "\nNot run here, but by AWS: " + String.join(", ", notRun) + "\n");
    }

    /// A call to the first collection of the API.
    private static String curl(LocalStack stack) {
        var path = stack.template().api().routes().stream()
                .filter(route -> route.method().equals("GET") && !route.path().contains("{"))
                .findFirst()
                .map(route -> route.path())
                .orElse("/");
        return "curl -H 'Authorization: Bearer " + stack.apiKey() + "' " + stack.apiUrl() + path;
    }
}
