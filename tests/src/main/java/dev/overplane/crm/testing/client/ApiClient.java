package dev.overplane.crm.testing.client;

import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;

/// A caller of the API: an address and a key. Immutable; not a record, since it must not print its key.
public final class ApiClient {

    /// The collection; an object is one step below.
    public static final String PATH = "/api/crm/market-segment";

    private final Transport transport;
    private final URI url;
    private final String key;

    public ApiClient(Transport transport, URI url, String key) {
        this.transport = transport;
        this.url = url;
        this.key = key;
    }

    /// A caller over HTTP.
    public ApiClient(URI url, String key) {
        this(Http::send, url, key);
    }

    /// @param target path and query, percent-encoded, from the API's root
    public ApiRequest request(String method, String target) {
        return new ApiRequest(transport, method, url, target).header("Authorization", "Bearer " + key);
    }

    /// A request on the collection; `query` is empty or begins with `?`.
    public ApiRequest onCollection(String method, String query) {
        return request(method, PATH + query);
    }

    public ApiRequest onObject(String method, String id) {
        return request(method, PATH + "/" + id);
    }

    public ApiRequest post(String body) {
        return onCollection("POST", "").body(body);
    }

    public ApiRequest patch(String id, String body) {
        return onObject("PATCH", id).body(body);
    }

    public ApiResponse create() {
        return onCollection("POST", "").send().mustBe(201);
    }

    public ApiResponse create(String body) {
        return post(body).send().mustBe(201);
    }

    /// `count` new objects, the last created first, as a listing shows them.
    public List<Segment> createNewestFirst(int count) {
        return IntStream.range(0, count)
                .mapToObj(_ -> create().segment())
                .toList()
                .reversed();
    }

    public ApiResponse retrieve(String id) {
        return onObject("GET", id).send();
    }

    public ApiResponse update(String id, String body) {
        return patch(id, body).send();
    }

    public ApiResponse delete(String id) {
        return onObject("DELETE", id).send();
    }

    /// @param query empty, or begins with `?`
    public ApiResponse list(String query) {
        return onCollection("GET", query).send();
    }

    /// The page that [#list] answers with; it must answer 200.
    public Listing listing(String query) {
        return list(query).mustBe(200).listing();
    }

    public String key() {
        return key;
    }
}
