package dev.overplane.crm.segment.store;

import dev.overplane.crm.testing.TestTables;
import java.net.URI;

/// The listing on AWS's emulator, on every machine.
class ListingOnDynamoDbLocalTest extends ListingContract {

    @Override
    URI server() {
        return TestTables.shared().url();
    }
}
