package io.phyla.api.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.spaces.schema.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Ready-made search documents. */
public record Examples(List<Example> items) {

    /** A ready-made document. */
    public record Example(String name, String title, JsonNode document) {}

    public Examples {
        items = List.copyOf(items);
    }

    /**
     * Reads {@code /examples/<name>.json} from the class path.
     *
     * @throws IllegalArgumentException if there is no such resource
     */
    public static Examples onClassPath(String... names) {
        List<Example> items = new ArrayList<>();
        for (String name : names) {
            String resource = "/examples/" + name + ".json";
            try (InputStream in = Examples.class.getResourceAsStream(resource)) {
                if (in == null) {
                    throw new IllegalArgumentException("there is no " + resource + " on the class path");
                }
                JsonNode document = Json.MAPPER.readTree(in);
                items.add(new Example(name, document.path("name").asText(), document));
            } catch (IOException e) {
                throw new UncheckedIOException(resource + " cannot be read", e);
            }
        }
        return new Examples(items);
    }
}
