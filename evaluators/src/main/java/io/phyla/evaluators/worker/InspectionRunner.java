package io.phyla.evaluators.worker;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.evaluators.data.Dataset;
import io.phyla.evaluators.data.Dataset.Split;
import io.phyla.evaluators.data.Datasets;
import io.phyla.evaluators.data.InvalidDataException;
import io.phyla.evaluators.worker.Protocol.Request;
import io.phyla.spaces.schema.Json;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads files that nobody vouches for; whatever they do to the reader becomes a fault of theirs. */
final class InspectionRunner {

    private static final Logger LOG = LoggerFactory.getLogger(InspectionRunner.class);
    private static final int MOST_NAMES = 1000;
    private static final int LONGEST_NAME = 100;

    private InspectionRunner() {}

    static Inspection run(Request.Inspect request) {
        try {
            return switch (request.subject()) {
                case DATA -> data(request.name(), Path.of(request.file()));
                case LAYER -> LayerTask.measure(Path.of(request.file()));
                case MODEL -> ModelInspection.of(Path.of(request.file()), Path.of(request.directory()));
            };
        } catch (InvalidDataException e) {
            return Inspection.Refused.of(e.where(), String.valueOf(e.getMessage()));
        } catch (OutOfMemoryError e) {
            return Inspection.Refused.of(
                    "",
                    "reading it takes more than the " + (Runtime.getRuntime().maxMemory() >> 20)
                            + " MiB of memory that an inspection has");
        } catch (StackOverflowError e) {
            return Inspection.Refused.of("", "it is nested too deep to be read");
        } catch (RuntimeException e) {
            LOG.warn("an inspection failed", e);
            return Inspection.Refused.of("", "it cannot be read (" + e + ")");
        }
    }

    private static Inspection data(String name, Path file) {
        Datasets.Inspected found = Datasets.inspect(name, file, "");
        Dataset data = found.data();
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("format", found.format());
        json.put("classes", data.classes());
        json.put("channels", data.channels());
        json.put("size", data.size());
        ObjectNode images = json.putObject("images");
        for (Split split : Split.values()) {
            images.put(split.name().toLowerCase(Locale.ROOT), data.count(split));
        }
        ArrayNode names = json.putArray("class_names");
        data.classNames().stream()
                .limit(MOST_NAMES)
                .map(each -> each.substring(0, Math.min(each.length(), LONGEST_NAME)))
                .forEach(names::add);
        return new Inspection.Understood(json, Map.of());
    }
}
