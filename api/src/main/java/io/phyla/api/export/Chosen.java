package io.phyla.api.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.phyla.api.problem.Mistake;
import io.phyla.api.problem.ProblemException;
import io.phyla.api.problem.ProblemType;
import io.phyla.spaces.schema.Json;
import io.phyla.spaces.schema.Nearest;
import io.phyla.spaces.schema.Problem;
import io.phyla.spaces.schema.RecordReader;
import io.phyla.spaces.schema.RecordSchema;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** An exporter with its options read. */
public final class Chosen<P extends Record> {

    private final Exporter<P> exporter;
    private final P options;

    private Chosen(Exporter<P> exporter, P options) {
        this.exporter = exporter;
        this.options = options;
    }

    /**
     * Reads options from the texts of a query.
     *
     * @param others names of the request's parameters that are no options
     * @throws ProblemException listing all that is wrong with them
     */
    public static <P extends Record> Chosen<P> of(
            Exporter<P> exporter, Map<String, String> texts, Collection<String> others) {
        JsonNode known = RecordSchema.of(exporter.options()).path("properties");
        ObjectNode json = Json.MAPPER.createObjectNode();
        List<Mistake> mistakes = new ArrayList<>();
        texts.forEach((name, text) -> {
            if (known.has(name)) {
                json.set(name, value(known.get(name).path("type"), text));
            } else {
                TreeSet<String> names = new TreeSet<>(others);
                known.fieldNames().forEachRemaining(names::add);
                mistakes.add(Mistake.of(name, Nearest.unknown("parameter", name, names)));
            }
        });
        List<Problem> problems = new ArrayList<>();
        P options = RecordReader.read(json, exporter.options(), "", problems);
        problems.forEach(each -> mistakes.add(Mistake.of(each.pointer().substring(1), each.detail())));
        if (options == null || !mistakes.isEmpty()) {
            Mistake first = mistakes.getFirst();
            String more = mistakes.size() == 1 ? "" : ", and " + (mistakes.size() - 1) + " more";
            throw new ProblemException(
                    ProblemType.INVALID_PARAMETER, first.parameter() + ": " + first.detail() + more, mistakes);
        }
        return new Chosen<>(exporter, options);
    }

    /** With the options that hold if nobody says otherwise. */
    public static <P extends Record> Chosen<P> byDefault(Exporter<P> exporter) {
        return of(exporter, Map.of(), List.of());
    }

    /** What stands there as JSON, if it can be that of the type; else the text, for the reader to refuse. */
    private static JsonNode value(JsonNode type, String text) {
        String types = type.toString();
        if (types.contains("boolean") && (text.equals("true") || text.equals("false"))) {
            return BooleanNode.valueOf(text.equals("true"));
        }
        if ((types.contains("integer") || types.contains("number")) && text.matches("-?\\d{1,18}(\\.\\d{1,18})?")) {
            return Json.MAPPER.getNodeFactory().numberNode(new BigDecimal(text));
        }
        return TextNode.valueOf(text);
    }

    public Exporter<P> exporter() {
        return exporter;
    }

    /** A text that is another one for other options. */
    public String identity() {
        return exporter.name() + ' ' + Json.MAPPER.valueToTree(options);
    }

    public void write(Subject subject, OutputStream out) throws IOException {
        exporter.write(subject, options, out);
    }
}
