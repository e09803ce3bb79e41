package dev.overplane.crm.function;

/// The errors that several key functions share.
final class KeyErrors {

    private KeyErrors() {}

    /// No key has that id.
    static InvalidInputException missing() {
        return new InvalidInputException("There is no API key with this id.");
    }
}
