package dev.overplane.crm.local.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.overplane.crm.local.LocalStack;
import dev.overplane.crm.local.LocalStackConfig;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A web page must not reach what needs no key.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LoopbackRequestsOnlyTest {

    private static final String ISSUE = "{\"account\":\"acct_1\",\"livemode\":true,\"scope\":\"read_write\"}";

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
    @CsvSource({
        "127.0.0.1:PORT, X-Ours: 1, 200",
        "localhost:PORT, X-Ours: 1, 200",
        "LOCALHOST, X-Ours: 1, 200",
        "[::1]:PORT, X-Ours: 1, 200",
        "evil.example, X-Ours: 1, 403",
        "evil.example:PORT, X-Ours: 1, 403",
        "127.0.0.1.evil.example, X-Ours: 1, 403",
        "localhost.evil.example:PORT, X-Ours: 1, 403",
        "127.0.0.1:PORT, Origin: https://evil.example, 403",
        "localhost:PORT, Origin: null, 403",
        "127.0.0.1:PORT, origin: http://127.0.0.1:3001, 403"
    })
    void a_key_is_issued_to_a_process_of_this_machine_and_to_no_web_page(String host, String header, int status)
            throws IOException {
        assertEquals(
                status,
                post(stack.lambdaUrl(), "/2015-03-31/functions/IssueApiKeyFunction/invocations", host, header, ISSUE));
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:PORT, X-Ours: 1, 200",
        "host.docker.internal:PORT, X-Ours: 1, 200",
        "192.0.2.1:PORT, X-Ours: 1, 403",
        "evil.example:PORT, X-Ours: 1, 403",
        "127.0.0.1:PORT, Origin: https://evil.example, 403"
    })
    void a_table_is_read_by_a_process_of_this_machine_and_by_no_web_page(String host, String header, int status)
            throws IOException {
        var call = header + "\r\nX-Amz-Target: DynamoDB_20120810.ListTables\r\nContent-Type: application/x-amz-json-1.0"
                + "\r\nAuthorization: AWS4-HMAC-SHA256 Credential=local/20260101/eu-central-1/dynamodb/aws4_request,"
                + " SignedHeaders=host, Signature=0\r\nX-Amz-Date: 20260101T000000Z";
        assertEquals(status, post(stack.dynamoDbUrl(), "/", host, call, "{}"));
    }

    private static int post(URI url, String path, String host, String headers, String body) throws IOException {
        try (var socket = new Socket(url.getHost(), url.getPort())) {
            var request = "POST " + path + " HTTP/1.1\r\nHost: " + host.replace("PORT", "" + url.getPort())
                    + "\r\nConnection: close\r\nContent-Length: " + body.length() + "\r\n" + headers + "\r\n\r\n"
                    + body;
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            var response = new String(socket.getInputStream().readAllBytes(), US_ASCII);
            return Integer.parseInt(response.split(" ", 3)[1]);
        }
    }
}
