package dev.overplane.crm.dynamodb;

import java.util.Map;

/// Tells libraries by system properties what they would otherwise find out at each start of a function.
final class LambdaPlatform {

    private LambdaPlatform() {}

    /// @param environment the function's environment variables, which tell whether this is Lambda's runtime
    static void declare(Map<String, String> environment) {
        if (environment.containsKey("AWS_LAMBDA_RUNTIME_API")) {
            // The CRT starts a process to find out.
            System.setProperty("aws.crt.libc", "glibc");
            // SLF4J looks into every jar.
            System.setProperty("slf4j.provider", "dev.overplane.crm.log.LibraryLogging");
        }
    }
}
