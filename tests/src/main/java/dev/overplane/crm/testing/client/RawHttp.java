package dev.overplane.crm.testing.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLSocketFactory;

/// Sends a request over a socket of its own in HTTP/1.1, and checks nothing of what it sends.
final class RawHttp {

    private static final int TIMEOUT_MILLIS = 60_000;

    private RawHttp() {}

    static ApiResponse send(ApiRequest request) {
        try {
            return exchange(request);
        } catch (IOException e) {
            throw new AssertionError(request.method() + " " + request.uri() + " got no response", e);
        }
    }

    private static ApiResponse exchange(ApiRequest request) throws IOException {
        var uri = request.uri();
        var body = request.body();
        var head = new StringBuilder(request.method() + " " + uri.getRawPath());
        if (uri.getRawQuery() != null) {
            head.append('?').append(uri.getRawQuery());
        }
        head.append(" HTTP/1.1\r\nHost: ").append(uri.getAuthority()).append("\r\nConnection: close\r\n");
        request.headers()
                .forEach(header -> head.append(header.name())
                        .append(": ")
                        .append(header.value())
                        .append("\r\n"));
        if (body.length > 0) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        try (var socket = connect(uri)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            var out = socket.getOutputStream();
            out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
            out.write(body);
            out.flush();
            return read(request.method(), socket.getInputStream());
        }
    }

    private static Socket connect(URI uri) throws IOException {
        var secure = uri.getScheme().equals("https");
        var port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
        return secure
                ? SSLSocketFactory.getDefault().createSocket(uri.getHost(), port)
                : new Socket(uri.getHost(), port);
    }

    private static ApiResponse read(String method, InputStream in) throws IOException {
        var status = Integer.parseInt(line(in).split(" ", 3)[1]);
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            var colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon), _ -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        var chunked = headers.getOrDefault("Transfer-Encoding", List.of()).contains("chunked");
        return ApiResponse.of(
                method, status, HttpHeaders.of(headers, (_, _) -> true), chunked ? dechunk(in) : in.readAllBytes());
    }

    private static byte[] dechunk(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (var size = chunkSize(in); size > 0; size = chunkSize(in)) {
            bytes.write(in.readNBytes(size));
            line(in);
        }
        return bytes.toByteArray();
    }

    private static int chunkSize(InputStream in) throws IOException {
        return Integer.parseInt(line(in).split(";", 2)[0].strip(), 16);
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (var next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
