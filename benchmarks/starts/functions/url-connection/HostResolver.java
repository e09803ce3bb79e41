package software.amazon.awssdk.crt.io;

/// In the place of what the CRT's clients share, which is not there.
public final class HostResolver {

    private HostResolver() {}

    public static void closeStaticDefault() {}
}
