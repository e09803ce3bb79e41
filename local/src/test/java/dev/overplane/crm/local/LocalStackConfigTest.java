package dev.overplane.crm.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.local.startup.StartupException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LocalStackConfigTest {

    @Test
    void without_variables_there_are_default_ports_and_a_default_folder() {
        var config = LocalStackConfig.of(Map.of());
        assertEquals(3000, config.apiPort());
        assertEquals(3001, config.lambdaPort());
        assertEquals(3002, config.eventBridgePort());
        assertEquals(Optional.empty(), config.containerHost());
        assertEquals(8000, config.dynamoDbPort());
        assertEquals(Optional.of(config.template().resolveSibling(".data")), config.dataDirectory());
        assertEquals(Optional.empty(), config.externalDynamoDb());
        assertTrue(config.template().endsWith(Path.of("template.yaml")));
    }

    @Test
    void variables_override_the_defaults() {
        var config = LocalStackConfig.of(Map.of(
                "PORT", "0",
                "LAMBDA_PORT", "1",
                "EVENTBRIDGE_PORT", "2",
                "CONTAINER_HOST", "127.0.0.1",
                "DYNAMODB_PORT", "65535",
                "DATA_DIR", "/elsewhere",
                "AWS_ENDPOINT_URL_DYNAMODB", "http://10.0.0.1:8000",
                "AWS_REGION", "us-west-2",
                "AWS_ACCESS_KEY_ID", "mine"));
        assertEquals(0, config.apiPort());
        assertEquals(1, config.lambdaPort());
        assertEquals(2, config.eventBridgePort());
        assertEquals(Optional.of(InetAddress.getLoopbackAddress()), config.containerHost());
        assertEquals(65535, config.dynamoDbPort());
        assertEquals(Optional.of(Path.of("/elsewhere")), config.dataDirectory());
        assertEquals(Optional.of(URI.create("http://10.0.0.1:8000")), config.externalDynamoDb());
        assertEquals("us-west-2", config.region());
        assertEquals("mine", config.aws().get("AWS_ACCESS_KEY_ID"));
    }

    @Test
    void credentials_are_ignored_for_the_embedded_dynamodb() {
        assertEquals(
                "local",
                LocalStackConfig.of(Map.of("AWS_ACCESS_KEY_ID", "mine")).aws().get("AWS_ACCESS_KEY_ID"));
    }

    @Test
    void functions_have_access_keys_of_their_own_where_the_stack_or_a_test_has_started_dynamodb() {
        var url = URI.create("http://127.0.0.1:8000");
        assertTrue(LocalStackConfig.of(Map.of("AWS_ACCESS_KEY_ID", "mine")).functionsHaveAccessKeys());
        assertFalse(LocalStackConfig.of(Map.of("AWS_ENDPOINT_URL_DYNAMODB", url.toString()))
                .functionsHaveAccessKeys());
        assertTrue(LocalStackConfig.on(url).functionsHaveAccessKeys());
    }

    @Test
    void memory_is_no_folder() {
        assertEquals(
                Optional.empty(),
                LocalStackConfig.of(Map.of("DATA_DIR", ":memory:")).dataDirectory());
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({
        "PORT,x",
        "PORT,-1",
        "PORT,65536",
        "LAMBDA_PORT,3001.5",
        "EVENTBRIDGE_PORT,x",
        "CONTAINER_HOST,everywhere",
        "CONTAINER_HOST,127.0.0.1:8000",
        "CONTAINER_HOST,192.0.2.1",
        "CONTAINER_HOST,0.0.0.0",
        "DYNAMODB_PORT,99999999999",
        "AWS_ENDPOINT_URL_DYNAMODB,localhost:8000",
        "AWS_ENDPOINT_URL_DYNAMODB,ftp://x",
        "AWS_ENDPOINT_URL_DYNAMODB,http://a b"
    })
    void the_error_names_the_invalid_variable_and_its_value(String variable, String value) {
        var error = assertThrows(StartupException.class, () -> LocalStackConfig.of(Map.of(variable, value)));
        assertTrue(
                error.getMessage().startsWith(variable + " must be")
                        && error.getMessage().contains(value),
                error.getMessage());
    }
}
