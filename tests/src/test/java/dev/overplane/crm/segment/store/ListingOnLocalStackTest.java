package dev.overplane.crm.segment.store;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/// The listing on an engine that others wrote: the LocalStack whose address `LOCALSTACK_ENDPOINT` is, otherwise
/// one in a container. Skipped where Docker does not answer or its image cannot be pulled.
class ListingOnLocalStackTest extends ListingContract {

    /// The last image that does not ask for an account.
    private static final DockerImageName IMAGE = DockerImageName.parse("localstack/localstack:4.14.0");

    private Optional<LocalStackContainer> container = Optional.empty();

    @Override
    URI server() {
        return Optional.ofNullable(System.getenv("LOCALSTACK_ENDPOINT"))
                .map(URI::create)
                .orElseGet(() -> startContainer().getEndpoint());
    }

    @SuppressWarnings("resource")
    private LocalStackContainer startContainer() {
        Assumptions.assumeTrue(
                DockerClientFactory.instance().isDockerAvailable(),
                "Docker does not answer, so nothing is tested on LocalStack");
        var started = new LocalStackContainer(IMAGE).withServices("dynamodb").withStartupTimeout(Duration.ofMinutes(3));
        container = Optional.of(started);
        try {
            started.start();
        } catch (ContainerFetchException e) {
            Assumptions.abort("Docker has no image of LocalStack and cannot pull it: " + e.getMessage());
        }
        return started;
    }

    @AfterAll
    void stopContainer() {
        container.ifPresent(LocalStackContainer::stop);
    }
}
