package dev.overplane.crm.local;

import dev.overplane.crm.local.startup.StartupException;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// Runs a [LocalStack] until the process is stopped.
///
/// The argument `--end-with-parent` stops it when its parent process ends. Maven would leave it running, unless
/// it is stopped with Ctrl-C.
public final class Main {

    static final String END_WITH_PARENT = "--end-with-parent";

    private Main() {}

    static void main(String[] arguments) throws InterruptedException {
        if (List.of(arguments).contains(END_WITH_PARENT)) {
            ProcessHandle.current().parent().ifPresent(parent -> {
                var _ = parent.onExit().thenRun(() -> System.exit(0));
            });
        }
        try {
            var stack = LocalStack.start(LocalStackConfig.of(System.getenv()));
            Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "shutdown"));
            System.out.println(Banner.of(stack));
        } catch (StartupException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
        new CountDownLatch(1).await();
    }
}
