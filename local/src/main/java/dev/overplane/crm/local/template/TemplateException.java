package dev.overplane.crm.local.template;

import dev.overplane.crm.local.StackException;

/// The template says something that this machine cannot follow. Better no stack than one that differs from
/// AWS's.
public final class TemplateException extends StackException {

    TemplateException(String message) {
        super("template.yaml: " + message);
    }

    TemplateException(String message, Throwable cause) {
        super("template.yaml: " + message, cause);
    }
}
