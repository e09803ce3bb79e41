package dev.overplane.crm.local.reference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The files of the reference, by their paths: a viewer's page for `openapi.yaml`, and the page of the errors.
/// They refer to one another by relative paths, and to no other host. Immutable.
public final class ReferenceSite {

    private static final String VIEWER = "/META-INF/resources/webjars/scalar/scalar.js";

    private final Map<String, ReferenceFile> files;

    private ReferenceSite(Path project) throws IOException {
        files = Map.of(
                "index.html", ReferenceFile.html(text("/reference/index.html")),
                "reference.css", new ReferenceFile("text/css; charset=utf-8", resource("/reference/reference.css")),
                "reference.js",
                        new ReferenceFile("text/javascript; charset=utf-8", resource("/reference/reference.js")),
                "scalar.js", new ReferenceFile("text/javascript; charset=utf-8", resource(VIEWER)),
                "openapi.yaml",
                        new ReferenceFile("application/yaml", Files.readAllBytes(project.resolve("openapi.yaml"))),
                "errors/index.html",
                        ReferenceFile.html(ErrorsPage.render(
                                text("/reference/errors.html"), Files.readString(project.resolve("docs/errors.md")))));
    }

    /// Reads the reference; empty if the folder has no `openapi.yaml` and `docs/errors.md`.
    public static Optional<ReferenceSite> read(Path project) {
        try {
            return Files.exists(project.resolve("openapi.yaml")) && Files.exists(project.resolve("docs/errors.md"))
                    ? Optional.of(new ReferenceSite(project))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Map<String, ReferenceFile> files() {
        return files;
    }

    private static String text(String resource) throws IOException {
        return new String(resource(resource), StandardCharsets.UTF_8);
    }

    private static byte[] resource(String name) throws IOException {
        try (var in = ReferenceSite.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }
}
