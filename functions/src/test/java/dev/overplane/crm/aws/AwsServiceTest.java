package dev.overplane.crm.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.util.HashMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.regions.Region;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AwsServiceTest {

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
                    eu-central-1, -,             -,             https://events.eu-central-1.amazonaws.com
                    cn-north-1,   -,             -,             https://events.cn-north-1.amazonaws.com.cn
                    eu-central-1, '',            -,             https://events.eu-central-1.amazonaws.com
                    eu-central-1, -,             http://all:1,  http://all:1
                    eu-central-1, '',            http://all:1,  http://all:1
                    eu-central-1, http://this:1, http://all:1,  http://this:1
                    """)
    void calls_the_endpoint_that_the_environment_names_for_it_or_for_all_services(
            String region, String own, String all, String endpoint) {
        var environment = new HashMap<String, String>();
        environment.put("AWS_ENDPOINT_URL_EVENTBRIDGE", own);
        environment.put("AWS_ENDPOINT_URL", all);
        environment.values().removeIf(value -> value == null);

        assertEquals(
                URI.create(endpoint), AwsService.endpoint(environment, Region.of(region), "EventBridge", "events"));
    }
}
