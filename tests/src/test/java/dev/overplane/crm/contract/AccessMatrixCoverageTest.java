package dev.overplane.crm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.overplane.crm.testing.client.ApiClient;
import dev.overplane.crm.testing.client.ApiRequest;
import dev.overplane.crm.testing.openapi.ApiDescription;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@Contract
@DisplayName("The matrix of callers")
class AccessMatrixCoverageTest {

    /// `HEAD` is the route of `GET` to the same function: [MethodTest] compares the two. This list may only shrink.
    private static final Set<String> EXCEPTIONS = Set.of("HEAD " + ApiClient.PATH, "HEAD " + ApiClient.PATH + "/{id}");

    private final ApiClient client;

    AccessMatrixCoverageTest(Api api) {
        this.client = api.client();
    }

    @Test
    void has_every_operation_of_the_description() {
        var object = client.create();
        var owned = new AccessMatrixTest.Owned(object, "{}", "1");
        var covered = Arrays.stream(AccessMatrixTest.Operation.values())
                .map(operation -> operation(operation.of(client, owned), object.id()))
                .collect(Collectors.toCollection(TreeSet::new));
        covered.addAll(EXCEPTIONS);
        assertEquals(ApiDescription.get().operations(), covered);
    }

    private static String operation(ApiRequest request, String id) {
        return request.method() + " "
                + request.uri().getPath().replace(id, "{id}").replaceFirst(".*(?=" + ApiClient.PATH + ")", "");
    }
}
