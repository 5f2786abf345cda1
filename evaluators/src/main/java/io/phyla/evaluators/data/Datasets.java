package io.phyla.evaluators.data;

import io.phyla.evaluators.data.DataFormat.Keeping;
import io.phyla.search.port.Artifacts;
import io.phyla.search.port.Artifacts.Artifact;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Data sets by the name a document uses: an embedded one, or a registered file in one of the {@link DataFormat}s. */
public final class Datasets {

    private static final List<DataFormat> FORMATS = ServiceLoader.load(DataFormat.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();

    private static final List<Dataset> BUILT_IN = List.of(Glyphs.instance(), Gratings.instance());

    /** By the content's hash, which stands for the same bytes for ever. */
    private static final Map<String, Form> FORMS = new ConcurrentHashMap<>();

    private Datasets() {}

    /** What can be known of a data set without holding its images. */
    public record Form(int classes, int channels, int size, int trainingImages) {

        private static Form of(Dataset data) {
            return new Form(data.classes(), data.channels(), data.size(), data.count(Dataset.Split.TRAIN));
        }
    }

    /** Every name that {@link #open} knows. */
    public static List<String> names(Artifacts artifacts) {
        return Stream.concat(
                        BUILT_IN.stream().map(Dataset::name),
                        artifacts.registered().stream().map(Artifact::name))
                .toList();
    }

    /** The data set of this name that is always there; empty if none is. */
    public static Optional<Dataset> builtIn(String name) {
        return BUILT_IN.stream().filter(data -> data.name().equals(name)).findFirst();
    }

    /** @throws InvalidDataException if there is no such data set, or its file is not one */
    public static Dataset open(String name, Artifacts artifacts) {
        Optional<Dataset> builtIn = builtIn(name);
        if (builtIn.isPresent()) {
            return builtIn.get();
        }
        Artifact artifact = find(name, artifacts);
        return read(artifact, artifacts, Keeping.IMAGES);
    }

    /**
     * Checks a whole data set once.
     *
     * @throws InvalidDataException as {@link #open}
     */
    public static Form form(String name, Artifacts artifacts) {
        Optional<Dataset> builtIn = builtIn(name);
        if (builtIn.isPresent()) {
            return Form.of(builtIn.get());
        }
        Artifact artifact = find(name, artifacts);
        Form known = FORMS.get(artifact.sha256());
        if (known != null) {
            return known;
        }
        Form form = Form.of(read(artifact, artifacts, Keeping.FORM));
        FORMS.put(artifact.sha256(), form);
        return form;
    }

    /** The name with its content's hash; a built-in data set keeps its own, whatever files are called. */
    public static String pinned(String name, Artifacts artifacts) {
        return builtIn(name).isPresent() ? name : artifacts.pinned(name);
    }

    private static Artifact find(String name, Artifacts artifacts) {
        return artifacts
                .find(name)
                .orElseThrow(() -> new InvalidDataException(
                        "there is no data set '" + name + "'; there are " + String.join(", ", names(artifacts))
                                + "; register a file with --data " + Artifacts.name(name) + "=FILE"));
    }

    /**
     * Reads and checks a whole file that is not registered yet.
     *
     * @throws InvalidDataException as {@link #open}
     */
    public static Inspected inspect(String name, Path path, String sha256) {
        try (DataFile file = DataFile.open(name, path, sha256)) {
            DataFormat format = format(file);
            return new Inspected(format.name(), format.read(file, Keeping.FORM));
        }
    }

    /** A data set without its images, and the format of its file. */
    public record Inspected(String format, Dataset data) {}

    /** Takes what {@link #inspect} found elsewhere, so that {@link #form} need not read that content. */
    public static void know(String sha256, Form form) {
        FORMS.put(sha256, form);
    }

    private static Dataset read(Artifact artifact, Artifacts artifacts, Keeping keeping) {
        try (DataFile file = DataFile.open(artifact.name(), content(artifact, artifacts), artifact.sha256())) {
            return format(file).read(file, keeping);
        }
    }

    private static DataFormat format(DataFile file) {
        return FORMATS.stream()
                .filter(format -> format.recognises(file))
                .findFirst()
                .orElseThrow(() -> file.refused("", "is no data set; a data set is " + formats()));
    }

    /** Every format in words. */
    static String formats() {
        return FORMATS.stream().map(DataFormat::description).collect(Collectors.joining(", or "));
    }

    private static Path content(Artifact artifact, Artifacts artifacts) {
        return artifacts
                .open(artifact.sha256())
                .orElseThrow(
                        () -> new InvalidDataException("the content of data set '" + artifact.name() + "' is gone"));
    }
}
