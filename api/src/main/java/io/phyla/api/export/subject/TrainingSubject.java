package io.phyla.api.export.subject;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.api.export.Markdown;
import io.phyla.api.export.Subject;
import io.phyla.api.problem.ProblemException;
import io.phyla.api.problem.ProblemType;
import io.phyla.api.training.TrainingJson;
import io.phyla.evaluators.data.Moments;
import io.phyla.evaluators.training.TrainingParameters;
import io.phyla.evaluators.weights.Weights;
import io.phyla.search.document.Parameters;
import io.phyla.search.port.Artifacts;
import io.phyla.search.training.CurvePoint;
import io.phyla.search.training.TrainingState;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.schema.Json;
import io.phyla.storage.training.StoredTraining;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A training and what it made of its network. */
public final class TrainingSubject implements Subject {

    private static final String FORMAT = "phyla-training-1";

    private final StoredTraining training;
    private final Network network;
    private final WeightSource.@Nullable Trained weights;
    private final JsonNode settings;
    private final Artifacts artifacts;
    private final String phyla;

    /**
     * @param weights null before it has finished
     * @param artifacts where its data is
     * @param phyla version of the program that writes this
     */
    public TrainingSubject(
            StoredTraining training,
            Network network,
            WeightSource.@Nullable Trained weights,
            Artifacts artifacts,
            String phyla) {
        this.training = training;
        this.network = network;
        this.weights = weights;
        this.artifacts = artifacts;
        this.phyla = phyla;
        settings = TrainingJson.settings(training).path("training");
    }

    @Override
    public String identity() {
        return "training " + training.id() + " " + training.standing().sequence();
    }

    @Override
    public String title() {
        return "Training “" + training.name() + "”";
    }

    @Override
    public String fileName() {
        return "phyla-" + training.id() + (finished() ? "" : "-unfinished");
    }

    private boolean finished() {
        return training.standing().state() == TrainingState.FINISHED;
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public Weights weights() throws IOException {
        if (weights == null) {
            throw new ProblemException(
                    ProblemType.WRONG_STATE,
                    "the training has no weights before it has finished; it is "
                            + TrainingJson.name(training.standing().state()));
        }
        return weights.of(network);
    }

    @Override
    public String weightsOrigin() {
        return weights == null ? "nothing yet, for the training has not finished" : weights.words();
    }

    @Override
    public ObjectNode json() {
        ObjectNode json = Json.MAPPER.createObjectNode().put("format", FORMAT);
        json.put("name", training.name());
        json.set("training", settings);
        CurvePoint newest = training.standing().newest();
        json.set("newest", newest == null ? Json.MAPPER.nullNode() : TrainingJson.point(newest));
        json.set("weights", weights == null ? Json.MAPPER.nullNode() : weights.json());
        ObjectNode provenance = json.putObject("provenance").put("phyla", phyla);
        provenance.put("training", training.id());
        provenance.put("state", TrainingJson.name(training.standing().state()));
        DataSource.json(provenance.putArray("data"), data());
        provenance.set("normalization", Normalization.json(normalization()));
        provenance.put("seconds", training.standing().seconds());
        provenance.put("reproduce", "Save this file and run '" + command() + "'.");
        return json;
    }

    private Optional<Moments> normalization() {
        return Normalization.of(settings.path("data").asText(), artifacts);
    }

    private List<DataSource> data() {
        return DataSource.in(List.of(settings));
    }

    /** Everything that is not the default, so that later defaults change nothing. */
    private String command() {
        StringBuilder command =
                new StringBuilder("phyla train ").append(fileName()).append(".json");
        command.append(DataSource.arguments(data()));
        JsonNode byDefault =
                Json.MAPPER.valueToTree(Parameters.read(Json.MAPPER.createObjectNode(), TrainingParameters.class));
        set(command, "", settings, byDefault);
        return command.toString();
    }

    private static void set(StringBuilder command, String path, JsonNode value, JsonNode byDefault) {
        if (value.isObject()) {
            value.properties()
                    .forEach(each -> set(
                            command,
                            path.isEmpty() ? each.getKey() : path + "." + each.getKey(),
                            each.getValue(),
                            byDefault.path(each.getKey())));
        } else if (!value.equals(byDefault) && !path.equals("data")) {
            command.append(" --set ").append(path).append('=').append(value.asText());
        }
    }

    @Override
    public void report(Markdown report) {
        if (!finished()) {
            report.notice("The training had not finished when this was written: it was "
                    + TrainingJson.name(training.standing().state()) + ".");
        }
        report.heading(2, "How it was trained");
        List<List<String>> rows = new ArrayList<>();
        rows(rows, "", settings);
        report.table(List.of("setting", "value"), rows);
        data().forEach(each -> report.item("Data: " + each.words()));
        normalization().ifPresent(moments -> {
            report.paragraph("It takes images whose channels are normalised like this, pixels counted from 0 to 255:");
            report.code("python", Normalization.python(moments));
        });
        report.heading(2, "What came of it");
        CurvePoint newest = training.standing().newest();
        if (newest == null) {
            report.paragraph("Its curve has no point yet.");
        } else {
            report.table(List.of("figure", "value"), figures(newest));
            report.paragraph("One training with one seed (n = 1), so there is no spread.");
        }
        report.heading(2, "Make it again");
        report.paragraph("Save the format json of this training and run:");
        report.code("", command());
    }

    private List<List<String>> figures(CurvePoint point) {
        List<List<String>> rows = new ArrayList<>();
        TrainingJson.point(point).properties().forEach(each -> {
            if (!each.getValue().isNull()) {
                rows.add(
                        List.of(each.getKey().replace('_', ' '), each.getValue().asText()));
            }
        });
        rows.add(List.of(
                "seconds with a worker",
                String.format(Locale.ROOT, "%.1f", training.standing().seconds())));
        return rows;
    }

    private static void rows(List<List<String>> rows, String path, JsonNode value) {
        if (value.isObject()) {
            value.properties()
                    .forEach(each ->
                            rows(rows, path.isEmpty() ? each.getKey() : path + "." + each.getKey(), each.getValue()));
        } else if (!value.isNull()) {
            rows.add(List.of(path, value.asText()));
        }
    }
}
