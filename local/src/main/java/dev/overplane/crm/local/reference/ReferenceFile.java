package dev.overplane.crm.local.reference;

import java.nio.charset.StandardCharsets;

/// A file of the reference.
record ReferenceFile(String contentType, byte[] content) {

    private static final String EXAMPLE_URL = "https://api.overplane.dev";
    private static final String EXAMPLE_KEY = "sk_test_...";

    static ReferenceFile html(String text) {
        return new ReferenceFile("text/html; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /// This file with that address and key in place of the examples' own.
    ReferenceFile with(String apiUrl, String apiKey) {
        var hasExamples = contentType.startsWith("text/html") || contentType.startsWith("application/yaml");
        return hasExamples
                ? new ReferenceFile(
                        contentType,
                        new String(content, StandardCharsets.UTF_8)
                                .replace(EXAMPLE_URL, apiUrl)
                                .replace(EXAMPLE_KEY, apiKey)
                                .getBytes(StandardCharsets.UTF_8))
                : this;
    }
}
