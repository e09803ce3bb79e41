package dev.overplane.crm.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.overplane.crm.eventbridge.BusEvent;
import dev.overplane.crm.eventbridge.EventBridge;
import dev.overplane.crm.eventbridge.EventBusException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventBridgeTest {

    private static final List<BusEvent> EVENTS = List.of(new BusEvent("object", "type", Instant.EPOCH, "{}"));

    @Test
    void a_bus_that_does_not_answer_in_time_is_said_to() throws IOException {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertEquals("no answer within PT0.1S", problem(silent.getLocalPort(), Duration.ofMillis(100)));
        }
    }

    @Test
    void a_bus_that_cannot_be_reached_is_said_to() throws IOException {
        // It has the port, so that no other server gets it, and does not listen.
        try (var deaf = new Socket()) {
            deaf.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            assertEquals("the call failed", problem(deaf.getLocalPort(), Duration.ofSeconds(10)));
        }
    }

    private static String problem(int port, Duration limit) {
        EventBridge bus = EventBridge.of(
                Map.of(
                        "AWS_REGION", "eu-central-1",
                        "AWS_ACCESS_KEY_ID", "local",
                        "AWS_SECRET_ACCESS_KEY", "local",
                        "AWS_ENDPOINT_URL_EVENTBRIDGE", "http://127.0.0.1:" + port),
                "bus",
                "test");
        return String.valueOf(assertThrows(EventBusException.class, () -> bus.put(EVENTS, limit))
                .getMessage());
    }
}
