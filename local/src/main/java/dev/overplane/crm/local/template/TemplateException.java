package dev.overplane.crm.local.template;

import dev.overplane.crm.local.startup.StartupException;

/// Says what in the template the local stack does not support. A stack that ignored it would differ from AWS's.
public final class TemplateException extends StartupException {

    TemplateException(String message) {
        super("template.yaml: " + message);
    }

    TemplateException(String message, Throwable cause) {
        super("template.yaml: " + message, cause);
    }
}
