package dev.overplane.crm.contract;

import dev.overplane.crm.testing.TestStack;
import dev.overplane.crm.testing.client.ApiError;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// On a stack of its own, whose functions it stops.
@Contract
@DisplayName("A function that may not run")
class ThrottledFunctionTest {

    ThrottledFunctionTest(Api api) {
        api.onlyLocal("Stops functions.");
    }

    @Test
    void is_a_503_that_says_when_to_come_back() {
        try (var stack = TestStack.start()) {
            var client = stack.client(stack.keys().issue(Api.newAccountName(), false, "read_write"));
            var id = client.create().id();
            stack.throttle("RetrieveMarketSegmentFunction");
            client.retrieve(id).mustBe(ApiError.serviceUnavailable());
            client.delete(id).mustBe(200);
            stack.throttle("CreateMarketSegmentFunction");
            client.post("{}").header("Idempotency-Key", "1").send().mustBe(ApiError.serviceUnavailable());
        }
    }

    @Test
    void is_a_503_where_it_is_the_authorizer() {
        try (var stack = TestStack.start()) {
            var client = stack.client(stack.keys().issue(Api.newAccountName(), false, "read_write"));
            stack.throttle("AuthorizeFunction");
            client.list("").mustBe(ApiError.storeUnavailable());
        }
    }
}
