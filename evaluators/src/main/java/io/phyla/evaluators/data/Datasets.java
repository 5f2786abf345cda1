package io.phyla.evaluators.data;

import io.phyla.search.port.Artifacts;
import io.phyla.search.port.Artifacts.Artifact;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Data sets by the name a document uses: the embedded one, or a registered file. */
public final class Datasets {

    private Datasets() {}

    /** Every name that {@link #open} knows. */
    public static List<String> names(Artifacts artifacts) {
        return Stream.concat(
                        Stream.of(Glyphs.NAME), artifacts.registered().stream().map(Artifact::name))
                .toList();
    }

    /** Whether {@link #open} finds anything under a name. */
    public static boolean exists(String name, Artifacts artifacts) {
        return name.equals(Glyphs.NAME) || artifacts.find(name).isPresent();
    }

    /** @throws InvalidDataException if there is no such data set, or its file is not one */
    public static Dataset open(String name, Artifacts artifacts) {
        if (name.equals(Glyphs.NAME)) {
            return Glyphs.instance();
        }
        Artifact artifact = artifacts
                .find(name)
                .orElseThrow(() -> new InvalidDataException("there is no data set '" + name + "'; there are "
                        + String.join(", ", names(artifacts)) + "; register a file with --data " + name + "=FILE"));
        Path file = artifacts
                .open(artifact.sha256())
                .orElseThrow(() -> new InvalidDataException("the content of data set '" + name + "' is gone"));
        return Cifar.read(name, file, artifact.sha256());
    }
}
