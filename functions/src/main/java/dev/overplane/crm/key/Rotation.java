package dev.overplane.crm.key;

/// What became of a rotation.
public sealed interface Rotation {

    /// Done.
    ///
    /// @param predecessor the key as it is now, with its end
    /// @param successor the key that takes its place
    record Rotated(StoredKey predecessor, IssuedKey successor) implements Rotation {}

    /// No key has that id.
    record Missing() implements Rotation {}

    /// The key has expired or been revoked: there is nothing to succeed to.
    record Ended() implements Rotation {}

    /// The key has a successor already: no more than two work at a time.
    ///
    /// @param successor the id of that key
    record RotatedBefore(KeyId successor) implements Rotation {}
}
