package dev.overplane.crm.segment.store;

import dev.overplane.crm.account.AccountId;
import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.segment.counting.PageLayout;
import java.net.URI;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What every listing must say after whatever has happened, on whichever DynamoDB there is.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ListingContract {

    /// So small that pages turn and groups empty all the time, and that most offsets lie inside a group.
    private static final PageLayout SMALL = new PageLayout(4, 5);

    /// One group for all, which mostly wants its archive.
    private static final PageLayout ONE_GROUP = new PageLayout(4, 1000);

    /// On each tenant. More on demand: CONTRIBUTING.md has the command.
    private static final int OPERATIONS = Integer.getInteger("randomOperations", 1000);

    private StoreTables tables;

    /// The address of a server that speaks DynamoDB's protocol.
    abstract URI server();

    @BeforeAll
    void start() {
        tables = StoreTables.on(server());
    }

    @AfterAll
    void stop() {
        if (tables != null) {
            tables.close();
        }
    }

    @ParameterizedTest
    @MethodSource
    void every_offset_and_limit_agrees_with_a_model_through_random_operations(String account, List<Integer> sizes) {
        var random = new Random(20_260_101 + account.hashCode());
        var tenant = tenant(account, SMALL, random);
        for (int size : sizes) {
            for (int i = 0; i < OPERATIONS / sizes.size(); i++) {
                tenant.doAnything(size);
            }
            if (tenant.size() <= 35) {
                tenant.assertListsAsModelWithEveryLimit();
            } else {
                tenant.assertListsAsModel(1, 7, 50);
            }
            tenant.assertListsAsModelAfterEveryObject(60);
        }
    }

    /// The sizes to which the number of objects tends, one after the other.
    static Stream<Arguments> every_offset_and_limit_agrees_with_a_model_through_random_operations() {
        return Stream.of(
                Arguments.of("acct_model1", List.of(16, 6, 150, 10, 30)),
                Arguments.of("acct_model2", List.of(12, 0, 20, 60, 90)));
    }

    @Test
    void every_offset_agrees_with_a_model_after_each_of_the_first_operations() {
        var random = new Random(7);
        var tenant = tenant("acct_young", ONE_GROUP, random);
        for (int i = 0; i < 120; i++) {
            tenant.doAnything(i < 60 ? 20 : 5);
            tenant.assertListsAsModel(1 + random.nextInt(12));
            tenant.assertListsAsModelAfterEveryObject(5);
        }
        tenant.assertListsAsModelAfterEveryObject(Integer.MAX_VALUE);
    }

    @Test
    void tenants_never_see_or_count_each_other() {
        var random = new Random(42);
        List<TenantUnderTest> tenants = List.of(
                tenant("acct_1", SMALL, random),
                tenant("acct_11", SMALL, random),
                tenant(new Tenant(new AccountId("acct_1"), true), SMALL, random),
                tenant("acct_2", SMALL, random));
        for (int i = 0; i < 240; i++) {
            tenants.get(random.nextInt(tenants.size() - 1)).doAnything(20);
        }
        for (TenantUnderTest tenant : tenants) {
            tenant.assertListsAsModel(1, 5);
            tenant.assertListsAsModelAfterEveryObject(40);
        }
    }

    private TenantUnderTest tenant(String account, PageLayout layout, Random random) {
        return tenant(new Tenant(new AccountId(account), false), layout, random);
    }

    private TenantUnderTest tenant(Tenant tenant, PageLayout layout, Random random) {
        return new TenantUnderTest(tenant, tables.segments(layout), tables.idempotency(), random);
    }
}
