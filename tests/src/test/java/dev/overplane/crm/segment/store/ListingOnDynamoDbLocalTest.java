package dev.overplane.crm.segment.store;

class ListingOnDynamoDbLocalTest extends ListingContract {

    @Override
    DynamoDbServer server() {
        return DynamoDbServer.local();
    }
}
