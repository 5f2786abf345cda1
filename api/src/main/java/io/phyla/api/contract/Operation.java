package io.phyla.api.contract;

import io.phyla.api.security.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An operation of the contract.
 *
 * @param role the least role it needs; null if it needs no token
 * @param consumes the media type of its body; null if it takes none
 * @param produces the media types of its successful answers; empty if they have no body
 */
public record Operation(
        String id,
        String method,
        @Nullable Role role,
        List<Parameter> parameters,
        @Nullable String consumes,
        List<String> produces) {

    public Operation {
        parameters = List.copyOf(parameters);
        produces = List.copyOf(produces);
    }
}
