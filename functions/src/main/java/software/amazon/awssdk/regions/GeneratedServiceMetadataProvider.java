package software.amazon.awssdk.regions;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.servicemetadata.DynamodbServiceMetadata;

/// Takes the place of the SDK's class of the same name, which makes an object of a class of its own for each of
/// AWS's services: some 390 classes and a tenth of a plain start, for the one service that functions call by a
/// client. A function's own classes stand before its jars.
public final class GeneratedServiceMetadataProvider implements ServiceMetadataProvider {

    /// Null where the service has no class of its own: the SDK then follows the general pattern.
    @Override
    public @Nullable ServiceMetadata serviceMetadata(String service) {
        return service.equals("dynamodb") ? new DynamodbServiceMetadata() : null;
    }
}
