package io.phyla.api.contract;

import io.phyla.api.security.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An operation of the contract.
 *
 * @param role the least role it needs; null if it needs no token
 * @param consumes the media types that its body may have; empty if it takes none
 * @param produces the media types of its successful answers; empty if they have no body
 */
public record Operation(
        String id,
        String method,
        @Nullable Role role,
        List<Parameter> parameters,
        List<String> consumes,
        List<String> produces) {

    public Operation {
        parameters = List.copyOf(parameters);
        consumes = List.copyOf(consumes);
        produces = List.copyOf(produces);
    }

    /** Whether its body is a file, which may be too large to be kept in memory. */
    public boolean streamed() {
        return consumes.contains("application/octet-stream");
    }
}
