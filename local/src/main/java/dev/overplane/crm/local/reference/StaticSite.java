package dev.overplane.crm.local.reference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Writes the reference as files for any web server, into `local/target/reference`, for the API at the address that the
/// environment variable `API_URL` has.
public final class StaticSite {

    private StaticSite() {}

    static void main() throws IOException {
        var folder = Path.of("local/target/reference").toAbsolutePath();
        var site = ReferenceSite.read(Path.of("")).orElseThrow();
        write(site, folder, Optional.ofNullable(System.getenv("API_URL")).orElse("https://api.overplane.dev"));
        System.out.println(folder.resolve("index.html"));
    }

    static void write(ReferenceSite site, Path folder, String apiUrl) throws IOException {
        for (var file : site.files().entrySet()) {
            var target = folder.resolve(file.getKey());
            Files.createDirectories(target.resolveSibling(""));
            Files.write(target, file.getValue().with(apiUrl, "sk_test_...").content());
        }
    }
}
