package dev.overplane.crm.key;

/// A key that has just been issued.
///
/// @param key what is stored of it
/// @param secret the key itself, which its owner sees this one time
public record IssuedKey(StoredKey key, ApiKey secret) {}
