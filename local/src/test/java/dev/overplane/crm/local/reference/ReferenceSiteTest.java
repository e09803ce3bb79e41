package dev.overplane.crm.local.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.local.LocalStack;
import dev.overplane.crm.local.LocalStackConfig;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReferenceSiteTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Path PROJECT = LocalStackConfig.inMemory().template().resolveSibling("");

    private static LocalStack stack;

    @BeforeAll
    static void start() {
        stack = LocalStack.start(LocalStackConfig.inMemory());
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/docs/", "/docs/openapi.yaml"})
    void is_filled_in_with_the_address_and_the_key_of_the_stack(String path) throws Exception {
        var page = get(path, "*/*");
        assertEquals(200, page.statusCode());
        assertTrue(page.body().contains(stack.apiKey())
                && page.body().contains(stack.apiUrl().toString()));
        assertFalse(page.body().contains("sk_test_...") || page.body().contains("https://api.overplane.dev"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/docs", "/docs/errors"})
    void leads_to_the_folder(String path) throws Exception {
        var response = get(path, "*/*");
        assertEquals(302, response.statusCode());
        assertEquals(Optional.of(path + "/"), response.headers().firstValue("Location"));
    }

    @Test
    void is_where_the_root_leads_a_browser_and_nobody_else() throws Exception {
        var browser = get("/", "text/html,application/xhtml+xml,*/*;q=0.8");
        assertEquals(302, browser.statusCode());
        assertEquals(Optional.of("/docs/"), browser.headers().firstValue("Location"));
        var client = get("/", "application/json");
        assertEquals(404, client.statusCode());
        assertTrue(client.body().contains("route_unknown"), client.body());
    }

    @Test
    void has_nothing_else() throws Exception {
        assertEquals(404, get("/docs/x", "*/*").statusCode());
        assertEquals(404, get("/docs/../template.yaml", "*/*").statusCode());
    }

    @Test
    void explains_each_error_where_its_link_leads() throws Exception {
        var link = get("/api/crm/market-segments", "*/*")
                .headers()
                .firstValue("Link")
                .orElseThrow();
        assertEquals("</docs/errors#route_unknown>; rel=\"help\"", link);
        var page = get("/docs/errors/", "*/*").body();
        assertTrue(page.contains("id=\"route_unknown\""), page);
        var codes = Pattern.compile("(?m)^### (\\w+)$").matcher(Files.readString(PROJECT.resolve("docs/errors.md")));
        while (codes.find()) {
            assertTrue(page.contains("id=\"" + codes.group(1) + "\""), codes::group);
        }
    }

    /// A page elsewhere can have its name resolved to this machine, and would read the key.
    @Test
    void is_not_shown_under_another_name() throws Exception {
        try (var socket = new Socket("127.0.0.1", stack.apiUrl().getPort())) {
            socket.getOutputStream()
                    .write("GET /docs/ HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            var response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(response.startsWith("HTTP/1.1 403"), response);
            assertFalse(response.contains(stack.apiKey()));
        }
    }

    @Test
    void can_be_written_as_files(@TempDir Path folder) throws IOException {
        var site = ReferenceSite.read(PROJECT).orElseThrow();
        StaticSite.write(site, folder, "https://example.com/v1");
        for (var name : site.files().keySet()) {
            assertTrue(Files.size(folder.resolve(name)) > 0, name);
        }
        var description = Files.readString(folder.resolve("openapi.yaml"));
        assertTrue(description.contains("url: https://example.com/v1") && description.contains("sk_test_..."));
    }

    @Test
    void is_not_there_without_a_description(@TempDir Path folder) {
        assertEquals(Optional.empty(), ReferenceSite.read(folder));
    }

    private static HttpResponse<String> get(String path, String accept) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create(stack.apiUrl() + path))
                        .header("Accept", accept)
                        .build(),
                BodyHandlers.ofString());
    }
}
