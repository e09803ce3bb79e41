package dev.overplane.crm.segment;

class ListingOnLocalStackTest extends ListingContract {

    @Override
    DynamoDbServer server() {
        return DynamoDbServer.localStack();
    }
}
