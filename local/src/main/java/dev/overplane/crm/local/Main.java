package dev.overplane.crm.local;

import java.util.concurrent.CountDownLatch;

/// Runs a [LocalStack] until it is told to end.
public final class Main {

    private Main() {}

    static void main() throws InterruptedException {
        try {
            var stack = LocalStack.start(LocalStackConfig.of(System.getenv()));
            Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "shutdown"));
            System.out.println(Greeting.of(stack));
        } catch (StackException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
        new CountDownLatch(1).await();
    }
}
