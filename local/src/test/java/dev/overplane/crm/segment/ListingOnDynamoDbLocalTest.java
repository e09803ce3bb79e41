package dev.overplane.crm.segment;

class ListingOnDynamoDbLocalTest extends ListingContract {

    @Override
    DynamoDbServer server() {
        return DynamoDbServer.local();
    }
}
