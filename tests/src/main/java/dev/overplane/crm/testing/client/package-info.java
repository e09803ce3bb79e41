/// The client of the API with which all tests speak, whether over HTTP or to functions in this JVM. It knows
/// the contract and no class of the product.
@NullMarked
package dev.overplane.crm.testing.client;

import org.jspecify.annotations.NullMarked;
