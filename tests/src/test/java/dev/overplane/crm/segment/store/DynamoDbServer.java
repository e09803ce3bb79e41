package dev.overplane.crm.segment.store;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/// Something that speaks DynamoDB's protocol, for the tests of what the product stores.
///
/// @param url where it listens
/// @param shutdown what ends it
record DynamoDbServer(URI url, Runnable shutdown) implements AutoCloseable {

    /// The last image that does not ask for an account.
    private static final DockerImageName LOCALSTACK = DockerImageName.parse("localstack/localstack:4.14.0");

    /// The DynamoDB Local that all tests of this JVM share.
    static DynamoDbServer local() {
        return new DynamoDbServer(dev.overplane.crm.testing.TestTables.shared().url(), () -> {});
    }

    /// The LocalStack whose address `LOCALSTACK_ENDPOINT` is, otherwise one in a container. Where Docker does
    /// not answer or its image cannot be pulled, the test that asks for it is skipped.
    @SuppressWarnings("resource")
    static DynamoDbServer localStack() {
        var running = System.getenv("LOCALSTACK_ENDPOINT");
        if (running != null) {
            return new DynamoDbServer(URI.create(running), () -> {});
        }
        Assumptions.assumeTrue(
                DockerClientFactory.instance().isDockerAvailable(),
                "Docker does not answer, so nothing is tested on LocalStack");
        var container =
                new LocalStackContainer(LOCALSTACK).withServices("dynamodb").withStartupTimeout(Duration.ofMinutes(3));
        try {
            container.start();
        } catch (ContainerFetchException e) {
            Assumptions.abort("Docker has no image of LocalStack and cannot pull it: " + e.getMessage());
        }
        return new DynamoDbServer(container.getEndpoint(), container::stop);
    }

    @Override
    public void close() {
        shutdown.run();
    }
}
