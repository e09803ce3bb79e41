package dev.overplane.crm.local.reference;

import dev.overplane.crm.local.http.LoopbackRequestsOnly;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Serves a [ReferenceSite] below `/docs/`, and leads a browser from `/` there. All else goes to the API.
///
/// The pages have the API key, so only a request for this machine's own name gets them: see [LoopbackRequestsOnly].
public final class ReferenceHandler extends Handler.Wrapper {

    /// Path of the page.
    public static final String PATH = "/docs/";

    private static final Set<String> FOLDERS = Set.of("/docs", "/docs/errors");

    private final Handler pages;

    public ReferenceHandler(Handler api, ReferenceSite site, String apiKey) {
        super(api);
        this.pages = new LoopbackRequestsOnly(new Pages(site, apiKey));
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        var path = Optional.ofNullable(request.getHttpURI().getPath()).orElse("");
        if (!Set.of("GET", "HEAD").contains(request.getMethod())) {
            return super.handle(request, response, callback);
        }
        if (path.equals("/") && isBrowser(request)) {
            return redirect(PATH, response, callback);
        }
        if (FOLDERS.contains(path)) {
            return redirect(path + "/", response, callback);
        }
        return path.startsWith(PATH)
                ? pages.handle(request, response, callback)
                : super.handle(request, response, callback);
    }

    private static boolean isBrowser(Request request) {
        return request.getHeaders().getValuesList(HttpHeader.ACCEPT).stream()
                .anyMatch(accept -> accept.contains("text/html"));
    }

    private static boolean redirect(String path, Response response, Callback callback) {
        response.setStatus(HttpStatus.FOUND_302);
        response.getHeaders().put(HttpHeader.LOCATION, path);
        callback.succeeded();
        return true;
    }

    private static final class Pages extends Handler.Abstract {

        private final ReferenceSite site;
        private final String apiKey;

        private Pages(ReferenceSite site, String apiKey) {
            this.site = site;
            this.apiKey = apiKey;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            var name = request.getHttpURI().getPath().substring(PATH.length());
            var file = site.files().get(name.isEmpty() || name.endsWith("/") ? name + "index.html" : name);
            if (file == null) {
                response.setStatus(HttpStatus.NOT_FOUND_404);
                callback.succeeded();
                return true;
            }
            // By whichever name the browser came: another would be another origin.
            var filled = file.with("http://" + request.getHttpURI().getAuthority(), apiKey);
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, filled.contentType());
            response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
            response.getHeaders().put("X-Content-Type-Options", "nosniff");
            response.write(true, ByteBuffer.wrap(filled.content()), callback);
            return true;
        }
    }
}
