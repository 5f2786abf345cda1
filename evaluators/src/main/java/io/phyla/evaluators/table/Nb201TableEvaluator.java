package io.phyla.evaluators.table;

import io.phyla.evaluators.data.InvalidDataException;
import io.phyla.search.candidate.Cause;
import io.phyla.search.metric.Direction;
import io.phyla.search.metric.Evaluation;
import io.phyla.search.metric.EvaluationException;
import io.phyla.search.metric.Evaluator;
import io.phyla.search.metric.Metric;
import io.phyla.search.metric.Resources;
import io.phyla.search.port.Artifacts;
import io.phyla.search.port.Artifacts.Artifact;
import io.phyla.spaces.Genome;
import io.phyla.spaces.SearchSpace;
import io.phyla.spaces.design.Design;
import io.phyla.spaces.schema.Param;
import io.phyla.spaces.schema.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * The published results of NAS-Bench-201 (Dong and Yang, ICLR 2020) looked up by the genome as written; a file the user
 * registers. The counted cost is the published training time of the 12-epoch validation, in seconds.
 */
public final class Nb201TableEvaluator implements Evaluator<Nb201TableEvaluator.Parameters> {

    private static final String COST = "c10_valid12_train_cost_s";
    private static final String SPACE = "nb201";
    private static final int CELL_EDGES = 6;

    /** Metric name to column. */
    private static final Map<String, String> COLUMNS = columns();

    /** Which table. */
    public record Parameters(
            @Param(description = "Name of the registered table.", min = 1, max = 200, byDefault = "\"nb201\"")
            String table) {}

    private static Map<String, String> columns() {
        Map<String, String> columns = new LinkedHashMap<>();
        for (String data : List.of("c10", "c100", "in16")) {
            columns.put("nb201_" + data + "_valid_12", data + "_val_12");
            columns.put("nb201_" + data + "_valid_200", data + "_val_200");
            columns.put("nb201_" + data + "_test_200", data + "_test_200");
        }
        return columns;
    }

    private static String column(String metric) {
        return Objects.requireNonNull(COLUMNS.get(metric), metric);
    }

    @Override
    public String name() {
        return "nb201-table";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public List<Metric> metrics() {
        return COLUMNS.keySet().stream()
                .map(name -> new Metric(
                        name,
                        "%",
                        Direction.MAXIMIZE,
                        false,
                        "Published accuracy of NAS-Bench-201: data set, split, epochs of training."))
                .toList();
    }

    @Override
    public Class<Parameters> parameters() {
        return Parameters.class;
    }

    @Override
    public List<Problem> check(Parameters parameters, Artifacts artifacts) {
        try {
            read(parameters.table(), artifacts, List.of(COST));
            return List.of();
        } catch (InvalidDataException e) {
            return List.of(new Problem("/table", String.valueOf(e.getMessage())));
        }
    }

    @Override
    public List<Problem> check(Parameters parameters, SearchSpace space, Artifacts artifacts) {
        return space.name().equals(SPACE)
                ? List.of()
                : List.of(new Problem(
                        "", "the table has the cells of space " + SPACE + ", not those of " + space.name()));
    }

    @Override
    public Parameters pin(Parameters parameters, Artifacts artifacts) {
        return new Parameters(artifacts.pinned(parameters.table()));
    }

    @Override
    public Evaluation open(Parameters parameters, SearchSpace space, Set<String> wanted, Resources resources) {
        List<String> columns = new ArrayList<>(List.of(COST));
        wanted.forEach(metric -> columns.add(column(metric)));
        Nb201Table table = read(parameters.table(), resources.artifacts(), columns);
        return new Lookup(table, wanted);
    }

    private static Nb201Table read(String name, Artifacts artifacts, List<String> columns) {
        Artifact artifact = artifacts.find(name).orElseThrow(() -> {
            String known = String.join(
                    ", ", artifacts.registered().stream().map(Artifact::name).toList());
            return new InvalidDataException("there is no table '" + name + "'; register it with --data "
                    + Artifacts.name(name) + "=FILE. Registered: " + (known.isEmpty() ? "nothing" : known));
        });
        Path file = artifacts
                .open(artifact.sha256())
                .orElseThrow(() -> new InvalidDataException("the content of table '" + name + "' is gone"));
        return Nb201Table.read(name, file, columns);
    }

    private record Lookup(Nb201Table table, Set<String> wanted) implements Evaluation {

        @Override
        public Evaluated evaluate(Genome genome, Design design, long seed) {
            if (genome.size() != CELL_EDGES) {
                throw new EvaluationException(new Cause(
                        Cause.Kind.EVALUATION_FAILED, "the table has cells of six edges, not genome " + genome));
            }
            Map<String, Double> values = new TreeMap<>();
            wanted.forEach(metric -> values.put(metric, table.value(column(metric), genome)));
            return new Evaluated(values, table.value(COST, genome));
        }

        @Override
        public void close() {
            // The table is ordinary memory.
        }
    }
}
