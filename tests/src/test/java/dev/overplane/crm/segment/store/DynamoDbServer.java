package dev.overplane.crm.segment.store;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.testcontainers.DockerClientFactory;
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

    /// LocalStack in a container. Where Docker does not answer, the test that asks for it is skipped.
    @SuppressWarnings("resource")
    static DynamoDbServer localStack() {
        Assumptions.assumeTrue(
                DockerClientFactory.instance().isDockerAvailable(),
                "Docker does not answer, so nothing is tested on LocalStack");
        var container =
                new LocalStackContainer(LOCALSTACK).withServices("dynamodb").withStartupTimeout(Duration.ofMinutes(3));
        container.start();
        return new DynamoDbServer(container.getEndpoint(), container::stop);
    }

    @Override
    public void close() {
        shutdown.run();
    }
}
