package io.phyla.evaluators.worker;

import io.phyla.evaluators.artifacts.FileArtifacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where trainings keep their checkpoints, and what becomes of their weights. */
final class TrainingFiles {

    private static final Logger LOG = LoggerFactory.getLogger(TrainingFiles.class);
    private static final String CHECKPOINTS = "checkpoints";

    private final Path directory;
    private final FileArtifacts artifacts;

    TrainingFiles(FileArtifacts artifacts) {
        directory = artifacts.directory().resolve(CHECKPOINTS);
        this.artifacts = artifacts;
    }

    /** A training's own directory; it need not exist. */
    Path of(String training) {
        return directory.resolve(training).toAbsolutePath();
    }

    /** Puts trained weights among the artifacts and returns their SHA-256. */
    String keep(Path weights) throws IOException {
        return artifacts.keep(weights);
    }

    void discard(String weights) {
        try {
            artifacts.discard(weights);
        } catch (IOException e) {
            LOG.warn("the weights {} stay behind", weights, e);
        }
    }

    void forget(String training) {
        Path own = of(training);
        if (!Files.exists(own)) {
            return;
        }
        try (Stream<Path> found = Files.walk(own)) {
            List<Path> deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.delete(each);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("what training {} had in {} stays behind", training, own, e);
        }
    }
}
