package software.amazon.awssdk.regions;

import org.jspecify.annotations.Nullable;

/// Takes the place of the SDK's class of the same name, which makes an object of a class of its own for each of
/// AWS's Regions. They tell a Region's description, and its partition, which its name tells the SDK too. A function's
/// own classes stand before its jars.
public final class GeneratedRegionMetadataProvider implements RegionMetadataProvider {

    /// Always null: the SDK then goes by the Region's name.
    @Override
    public @Nullable RegionMetadata regionMetadata(Region region) {
        return null;
    }
}
