package dev.overplane.crm.segment.store;

class ListingOnLocalStackTest extends ListingContract {

    @Override
    DynamoDbServer server() {
        return DynamoDbServer.localStack();
    }
}
