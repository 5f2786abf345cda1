package io.phyla.spaces.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.spaces.schema.Json;
import io.phyla.spaces.schema.Problem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Space documents as texts: their one form, their identity, their mistakes. */
public final class TemplateDocument {

    private TemplateDocument() {}

    /** The same document with members in order of their names and whole numbers without fraction or exponent. */
    public static JsonNode canonical(JsonNode json) {
        return canonical(json, 0);
    }

    private static JsonNode canonical(JsonNode json, int depth) {
        if (depth > 2 * Limits.NESTING) {
            // Deeper ones are refused when they are read, whatever their order.
            return json;
        }
        if (json instanceof ObjectNode object) {
            ObjectNode sorted = Json.MAPPER.createObjectNode();
            Map<String, JsonNode> members = new TreeMap<>();
            object.properties().forEach(each -> members.put(each.getKey(), each.getValue()));
            members.forEach((name, value) -> sorted.set(name, canonical(value, depth + 1)));
            return sorted;
        }
        if (json instanceof ArrayNode array) {
            ArrayNode items = Json.MAPPER.createArrayNode();
            array.forEach(each -> items.add(canonical(each, depth + 1)));
            return items;
        }
        return json.isNumber() && Double.isFinite(json.doubleValue()) ? Literals.number(json.doubleValue()) : json;
    }

    /** SHA-256 of the canonical form, 64 hexadecimal digits. */
    public static String id(JsonNode document) {
        try {
            byte[] bytes = canonical(document).toString().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Everything that is wrong, each at its pointer into the document; empty if it is a space. */
    public static List<Problem> check(JsonNode document) {
        return check(document, Trials.MOST_WORK);
    }

    /** @param work layers that may be built to see whether all fits */
    static List<Problem> check(JsonNode document, long work) {
        JsonNode canonical = canonical(document);
        List<Problem> problems = new ArrayList<>();
        Template template = TemplateReader.read(canonical, problems);
        Expansion.Program program = template == null ? null : Expansion.of(template, problems);
        if (template != null && program != null && problems.isEmpty()) {
            problems.addAll(
                    new Trials(new TemplateSpace(TemplateParameters.of(canonical), template, program), work).check());
        }
        return List.copyOf(new LinkedHashSet<>(problems));
    }
}
