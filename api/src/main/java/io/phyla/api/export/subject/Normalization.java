package io.phyla.api.export.subject;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.evaluators.data.Datasets;
import io.phyla.evaluators.data.InvalidDataException;
import io.phyla.evaluators.data.Moments;
import io.phyla.search.port.Artifacts;
import io.phyla.spaces.schema.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** What a trained network's images have to be prepared by; without it nobody can use the network. */
final class Normalization {

    /** Reading a data set takes seconds; the numbers of one never change. */
    private static final Map<String, Moments> KNOWN = new ConcurrentHashMap<>();

    private Normalization() {}

    /** Of a data set by name and hash; empty if its content is gone. */
    static Optional<Moments> of(String data, Artifacts artifacts) {
        try {
            return Optional.of(KNOWN.computeIfAbsent(
                    data, name -> Datasets.open(name, artifacts).moments()));
        } catch (InvalidDataException e) {
            return Optional.empty();
        }
    }

    static JsonNode json(Optional<Moments> moments) {
        return Json.MAPPER.valueToTree(moments.orElse(null));
    }

    /** As a line of Python. */
    static String python(Moments moments) {
        return "images = (pixels - numpy.array(" + list(moments.mean()) + ").reshape(1, -1, 1, 1)) / numpy.array("
                + list(moments.deviation()) + ").reshape(1, -1, 1, 1)";
    }

    private static String list(List<Double> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
    }
}
