package dev.overplane.crm.local;

import java.util.List;
import java.util.concurrent.CountDownLatch;

/// Runs a [LocalStack] until it is told to end.
///
/// With the argument `--end-with-parent` also until the process that started it has gone: Maven, told to end by
/// other means than Ctrl-C, would leave it behind.
public final class Main {

    static final String END_WITH_PARENT = "--end-with-parent";

    private Main() {}

    static void main(String[] arguments) throws InterruptedException {
        if (List.of(arguments).contains(END_WITH_PARENT)) {
            ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().thenRun(() -> System.exit(0)));
        }
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
