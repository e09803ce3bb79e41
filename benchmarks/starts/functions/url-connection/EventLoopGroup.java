package software.amazon.awssdk.crt.io;

/// In the place of what the CRT's clients share, which is not there.
public final class EventLoopGroup {

    private EventLoopGroup() {}

    public static void closeStaticDefault() {}
}
