package io.phyla.evaluators.worker;

import io.phyla.evaluators.artifacts.FileArtifacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where trainings keep their checkpoints, and what becomes of their weights. */
final class TrainingFiles {

    private static final Logger LOG = LoggerFactory.getLogger(TrainingFiles.class);
    private static final String CHECKPOINTS = "checkpoints";

    private final Path directory;
    private final FileArtifacts artifacts;

    /** How often weights were kept for somebody whom the journal does not know to have them. */
    private final Map<String, Integer> unrecorded = new HashMap<>();

    TrainingFiles(FileArtifacts artifacts) {
        directory = artifacts.directory().resolve(CHECKPOINTS);
        this.artifacts = artifacts;
    }

    /** A training's own directory; it need not exist. */
    Path of(String training) {
        return directory.resolve(training).toAbsolutePath();
    }

    /** Puts trained weights among the artifacts, where they stay until they are recorded, and returns their SHA-256. */
    synchronized String keep(Path weights) throws IOException {
        String sha256 = artifacts.keep(weights);
        unrecorded.merge(sha256, 1, Integer::sum);
        return sha256;
    }

    /** Somebody who kept such weights is in the journal, or not wanted any more. */
    synchronized void recorded(String weights) {
        unrecorded.computeIfPresent(weights, (_, times) -> times > 1 ? times - 1 : null);
    }

    /** Not those that another training has just come to and the journal does not know yet. */
    synchronized void discard(String weights) {
        if (unrecorded.containsKey(weights)) {
            return;
        }
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
