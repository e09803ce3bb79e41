package dev.overplane.crm.log;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a log shows of an exception: types and frames, and the messages of those exceptions alone that are ours
/// or the AWS SDK's. The messages of Java's own and of Jackson quote what they could not read, and that is a
/// client's.
final class StackTrace {

    private StackTrace() {}

    static String of(Throwable thrown) {
        var text = new StringBuilder();
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (@Nullable Throwable each = thrown; each != null && seen.add(each); each = each.getCause()) {
            text.append(text.isEmpty() ? "" : "Caused by: ")
                    .append(each.getClass().getName());
            if (isSafe(each) && each.getMessage() != null) {
                text.append(": ").append(each.getMessage());
            }
            text.append('\n');
            for (StackTraceElement frame : each.getStackTrace()) {
                text.append("\tat ").append(frame).append('\n');
            }
        }
        return text.toString();
    }

    private static boolean isSafe(Throwable thrown) {
        String type = thrown.getClass().getName();
        return type.startsWith("dev.overplane.crm.") || type.startsWith("software.amazon.awssdk.");
    }
}
