package dev.overplane.crm.dynamodb;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/// An HTTP client without a network: it reads each request to DynamoDB to its end, and answers it by itself.
///
/// The answers have no `Date`, which the SDK would compare with its own clock.
///
/// Thread-safe if the answers are.
record OfflineHttpClient(DynamoDbPriming.Answers answers) implements SdkHttpClient {

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        String operation = request.httpRequest()
                .firstMatchingHeader("X-Amz-Target")
                .map(target -> target.substring(target.lastIndexOf('.') + 1))
                .orElseThrow();
        return new Prepared(answers.answer(operation, body(request)));
    }

    private static String body(HttpExecuteRequest request) {
        try (InputStream body = request.contentStreamProvider().orElseThrow().newStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Prepared(String answer) implements ExecutableHttpRequest {

        @Override
        public HttpExecuteResponse call() {
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            var crc = new CRC32();
            crc.update(body);
            return HttpExecuteResponse.builder()
                    .response(SdkHttpResponse.builder()
                            .statusCode(200)
                            .putHeader("Content-Type", "application/x-amz-json-1.0")
                            .putHeader("Content-Length", Integer.toString(body.length))
                            .putHeader("x-amz-crc32", Long.toString(crc.getValue()))
                            .putHeader("x-amzn-RequestId", "priming")
                            .build())
                    .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
                    .build();
        }

        @Override
        public void abort() {
            // The answer is there at once.
        }
    }

    @Override
    public void close() {
        // It holds nothing.
    }

    @Override
    public String clientName() {
        return "Offline";
    }
}
