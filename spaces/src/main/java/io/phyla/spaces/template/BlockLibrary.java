package io.phyla.spaces.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.spaces.schema.Json;
import io.phyla.spaces.schema.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The blocks that are built in. They are written in the language itself, in {@code blocks.json}. */
final class BlockLibrary {

    private static final JsonNode TEXT = text();
    private static final Map<String, Map<String, @Nullable Value>> SIGNATURES = new TreeMap<>();
    private static final Map<String, Template.Block> BLOCKS = read();

    private BlockLibrary() {}

    static Map<String, Map<String, @Nullable Value>> signatures() {
        return SIGNATURES;
    }

    static Map<String, Template.Block> blocks() {
        return BLOCKS;
    }

    /** What a block is for. */
    static String description(String block) {
        return TEXT.path(block).path("description").asText();
    }

    private static JsonNode text() {
        try (InputStream in = BlockLibrary.class.getResourceAsStream("blocks.json")) {
            return Json.MAPPER.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException("blocks.json cannot be read", e);
        }
    }

    private static Map<String, Template.Block> read() {
        List<Problem> problems = new ArrayList<>();
        Lexicon lexicon = new Lexicon(Map.of(), SIGNATURES, Map.of(), null, Map.of(), new Lexicon.Uses());
        Map<String, Template.Block> blocks = new TreeMap<>();
        for (Map.Entry<String, JsonNode> each : TEXT.properties()) {
            Map<String, @Nullable Value> parameters = new TreeMap<>();
            for (Map.Entry<String, JsonNode> parameter :
                    each.getValue().path("parameters").properties()) {
                Spot value = new Spot(parameter.getValue(), "", problems);
                parameters.put(
                        parameter.getKey(),
                        value.json().isNull()
                                ? null
                                : new ValueReader(lexicon).read(value, null, TemplateReader.names()));
            }
            SIGNATURES.put(each.getKey(), parameters);
        }
        for (Map.Entry<String, JsonNode> each : TEXT.properties()) {
            Map<String, @Nullable Value> parameters = SIGNATURES.getOrDefault(each.getKey(), Map.of());
            Spot layers = new Spot(each.getValue().path("layers"), "/" + each.getKey(), problems);
            blocks.put(
                    each.getKey(),
                    new Template.Block(
                            "",
                            parameters,
                            new ItemReader(lexicon.in(each.getKey(), parameters), false)
                                    .sequence(layers, 1, TemplateReader.names()),
                            true));
        }
        if (!problems.isEmpty()) {
            throw new IllegalStateException("blocks.json: " + problems);
        }
        return blocks;
    }
}
