package dev.overplane.crm.contract;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.stream.IntStream;

/// A caller of the API: an address and a key. Immutable; not a record, for it must not print its key.
final class Client {

    private final HttpClient http;
    private final URI url;
    private final String key;

    Client(HttpClient http, URI url, String key) {
        this.http = http;
        this.url = url;
        this.key = key;
    }

    /// @param target path and query, percent-encoded, from the API's root
    Call call(String method, String target) {
        return new Call(http, method, URI.create(url + target)).header("Authorization", "Bearer " + key);
    }

    /// @return a call on the collection; `query` is empty or begins with `?`
    Call onCollection(String method, String query) {
        return call(method, Api.PATH + query);
    }

    Call onObject(String method, String id) {
        return call(method, Api.PATH + "/" + id);
    }

    Call post(String body) {
        return onCollection("POST", "").body(body);
    }

    Call patch(String id, String body) {
        return onObject("PATCH", id).body(body);
    }

    Answer create() {
        return onCollection("POST", "").send().mustBe(201);
    }

    Answer create(String body) {
        return post(body).send().mustBe(201);
    }

    /// @return `count` new objects, the last created first, as a listing shows them
    List<Segment> createNewestFirst(int count) {
        return IntStream.range(0, count)
                .mapToObj(_ -> create().segment())
                .toList()
                .reversed();
    }

    Answer retrieve(String id) {
        return onObject("GET", id).send();
    }

    Answer update(String id, String body) {
        return patch(id, body).send();
    }

    Answer delete(String id) {
        return onObject("DELETE", id).send();
    }

    /// @param query empty, or begins with `?`
    Answer tryList(String query) {
        return onCollection("GET", query).send();
    }

    Listing list(String query) {
        return tryList(query).mustBe(200).listing();
    }

    String key() {
        return key;
    }
}
