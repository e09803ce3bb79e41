package dev.overplane.crm.dynamodb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.RegionMetadata;
import software.amazon.awssdk.regions.ServiceMetadata;
import software.amazon.awssdk.regions.servicemetadata.DynamodbServiceMetadata;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LambdaPlatformTest {

    private static final String LIBC = "aws.crt.libc";
    private static final String PROVIDER = "slf4j.provider";

    @AfterEach
    void clear() {
        System.clearProperty(LIBC);
        System.clearProperty(PROVIDER);
    }

    @Test
    void the_platform_is_declared_on_lambda_alone() {
        LambdaPlatform.declare(Map.of());
        assertNull(System.getProperty(LIBC));

        LambdaPlatform.declare(Map.of("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:9001"));
        assertEquals("glibc", System.getProperty(LIBC));
    }

    @Test
    void the_provider_that_is_declared_for_slf4j_exists() throws ReflectiveOperationException {
        LambdaPlatform.declare(Map.of("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:9001"));
        assertNotNull(Class.forName(System.getProperty(PROVIDER)));
    }

    @Test
    void the_sdk_takes_our_metadata_of_services_and_regions_and_signs_for_the_region_that_a_function_runs_in() {
        assertEquals(
                DynamodbServiceMetadata.class, ServiceMetadata.of("dynamodb").getClass());
        assertEquals(
                "DefaultServiceMetadata",
                ServiceMetadata.of("events").getClass().getSimpleName(),
                "the SDK's own class was taken, or has another name now");
        assertNull(RegionMetadata.of(Region.EU_CENTRAL_1), "the SDK's own class was taken, or has another name now");
        for (Region region : Region.regions()) {
            if (!region.isGlobalRegion()) {
                assertEquals(region, ServiceMetadata.of("dynamodb").signingRegion(region));
            }
        }
    }
}
