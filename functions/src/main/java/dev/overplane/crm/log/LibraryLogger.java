package dev.overplane.crm.log;

import java.io.Serial;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/// Logs the warnings and errors of a library.
final class LibraryLogger extends LegacyAbstractLogger {

    @Serial
    private static final long serialVersionUID = 1;

    /// @param name of the library's logger, which is a class mostly
    LibraryLogger(String name) {
        this.name = name;
    }

    @Override
    public boolean isTraceEnabled() {
        return false;
    }

    @Override
    public boolean isDebugEnabled() {
        return false;
    }

    @Override
    public boolean isInfoEnabled() {
        return false;
    }

    @Override
    public boolean isWarnEnabled() {
        return true;
    }

    @Override
    public boolean isErrorEnabled() {
        return true;
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
        return null;
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level,
            @Nullable Marker marker,
            @Nullable String message,
            Object @Nullable [] arguments,
            @Nullable Throwable cause) {
        String text = Objects.requireNonNullElse(MessageFormatter.basicArrayFormat(message, arguments), "");
        Log.library(level.name(), cause, fields -> fields.add("logger", name).add("message", text));
    }
}
