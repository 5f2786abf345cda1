package io.phyla.search.run;

import io.phyla.search.port.Artifacts;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** No files are registered. */
public final class NoArtifacts implements Artifacts {

    @Override
    public List<Artifact> registered() {
        return List.of();
    }

    @Override
    public Optional<Artifact> find(String name) {
        return Optional.empty();
    }

    @Override
    public Optional<Path> open(String sha256) {
        return Optional.empty();
    }
}
