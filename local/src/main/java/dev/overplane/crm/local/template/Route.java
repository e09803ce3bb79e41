package dev.overplane.crm.local.template;

import java.util.Set;

/// Maps a method and path of the API to what responds.
///
/// @param method in capitals, or `ANY`
/// @param path with variables in braces, each a whole segment: `/things/{id}`. The last may be greedy,
///     `/{rest+}`: the rest of the path, one segment or more
/// @param authorized whether the API's authorizer decides first
public record Route(String method, String path, Integration integration, boolean authorized) {

    /// Creates a route to a function.
    ///
    /// @param function the function's logical id
    public static Route toFunction(String method, String path, String function, boolean authorized) {
        return new Route(method, path, new Integration.Proxy(function), authorized);
    }

    /// What responds.
    public sealed interface Integration {

        /// A function, by a Lambda proxy integration.
        ///
        /// @param function the function's logical id
        record Proxy(String function) implements Integration {}

        /// API Gateway itself.
        ///
        /// @param mediaTypes those of the requests that it understands; any other is unsupported
        /// @param response has a status
        record Mock(Set<String> mediaTypes, ResponseTemplate response) implements Integration {

            public Mock {
                mediaTypes = Set.copyOf(mediaTypes);
            }
        }
    }
}
