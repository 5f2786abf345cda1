package io.phyla.api.export.subject;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.phyla.evaluators.data.Datasets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Content that numbers were measured on, by its hash.
 *
 * @param builtIn whether every Phyla has it
 */
public record DataSource(String name, String sha256, boolean builtIn) {

    /** How a document names the content of a registered file. */
    private static final Pattern PINNED = Pattern.compile("([^@]+)@([0-9a-f]{64})");

    /** Of built-in data: drawn and hashed once, and only if somebody asks. */
    private static final Map<String, String> SHA256 = new ConcurrentHashMap<>();

    /** The texts among the members of these objects that name data. */
    static List<DataSource> in(Iterable<JsonNode> parameters) {
        Set<String> names = new LinkedHashSet<>();
        parameters.forEach(each -> each.forEach(value -> names.add(value.asText())));
        List<DataSource> sources = new ArrayList<>();
        for (String name : names) {
            Matcher pinned = PINNED.matcher(name);
            if (pinned.matches()) {
                sources.add(new DataSource(pinned.group(1), pinned.group(2), false));
            } else {
                Datasets.builtIn(name)
                        .map(data -> new DataSource(name, SHA256.computeIfAbsent(name, _ -> data.sha256()), true))
                        .ifPresent(sources::add);
            }
        }
        return sources;
    }

    /** The arguments of a command that registers files for those that are not built in. */
    public static String arguments(List<DataSource> sources) {
        StringBuilder arguments = new StringBuilder();
        sources.stream()
                .filter(each -> !each.builtIn())
                .forEach(
                        each -> arguments.append(" --data ").append(each.name()).append("=FILE"));
        return arguments.toString();
    }

    static void json(ArrayNode json, List<DataSource> sources) {
        sources.forEach(each -> json.addObject()
                .put("name", each.name())
                .put("sha256", each.sha256())
                .put("built_in", each.builtIn()));
    }

    String words() {
        return name + ", SHA-256 " + sha256 + (builtIn ? ", built in" : "");
    }
}
