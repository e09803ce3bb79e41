package dev.overplane.crm.segment;

import org.junit.jupiter.api.Order;

/// First, since it takes longest and others can run beside it.
@Order(1)
class ListingOnDynamoDbLocalTest extends ListingContract {

    @Override
    DynamoDbServer server() {
        return DynamoDbServer.local();
    }
}
