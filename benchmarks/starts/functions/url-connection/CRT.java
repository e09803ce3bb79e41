package software.amazon.awssdk.crt;

/// In the place of the CRT's library, which is not there.
public final class CRT {

    private CRT() {}

    public static String getOSIdentifier() {
        return "none";
    }
}
