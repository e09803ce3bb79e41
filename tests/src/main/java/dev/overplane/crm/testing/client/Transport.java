package dev.overplane.crm.testing.client;

/// Carries a request to the API and its response back. Thread-safe.
@FunctionalInterface
public interface Transport {

    ApiResponse send(ApiRequest request);
}
