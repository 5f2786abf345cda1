package io.phyla.api.export.subject;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.api.export.Markdown;
import io.phyla.api.export.Subject;
import io.phyla.api.search.CandidateJson;
import io.phyla.evaluators.weights.Weights;
import io.phyla.search.candidate.Candidate;
import io.phyla.spaces.design.Design;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import io.phyla.spaces.schema.Json;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A candidate of a search. */
public final class CandidateSubject implements Subject {

    private static final String FORMAT = "phyla-candidate-1";

    private final Specimen specimen;
    private final Network network;
    private final WeightSource weights;
    private final Design design;
    private final List<JsonNode> costs;

    /** With the weights that its evaluation started from, whether it had any use for them or not. */
    public CandidateSubject(Specimen specimen) {
        this(specimen, List.of());
    }

    /** @param costs of a layer, as far as they were measured here */
    public CandidateSubject(Specimen specimen, List<JsonNode> costs) {
        this(
                specimen,
                design(specimen),
                design(specimen).network(),
                new WeightSource.Initial(Provenance.seed(specimen)),
                costs);
    }

    private CandidateSubject(
            Specimen specimen, Design design, Network network, WeightSource weights, List<JsonNode> costs) {
        this.specimen = specimen;
        this.design = design;
        this.network = network;
        this.weights = weights;
        this.costs = List.copyOf(costs);
    }

    private static Design design(Specimen specimen) {
        return specimen.facts().space().decode(specimen.candidate().genome());
    }

    /**
     * The same candidate with what a training made of it.
     *
     * @throws IllegalArgumentException if that training had another network
     */
    public CandidateSubject with(WeightSource.Trained trained, Network of) {
        if (!of.equals(network)) {
            throw new IllegalArgumentException(
                    "training " + trained.training() + " trained another network: " + Differences.first(network, of));
        }
        return new CandidateSubject(specimen, design, network, trained, costs);
    }

    @Override
    public String identity() {
        SearchFacts facts = specimen.facts();
        return String.join(
                " ",
                "candidate",
                facts.id(),
                String.valueOf(specimen.candidate().number()),
                String.valueOf(facts.search().sequence()),
                weights.json().toString(),
                costs.toString());
    }

    @Override
    public String title() {
        return "Candidate " + specimen.candidate().number() + " of “"
                + specimen.facts().search().header().name() + "”";
    }

    @Override
    public String fileName() {
        String trained = weights instanceof WeightSource.Trained it ? "-" + it.training() : "";
        return specimen.facts().fileName() + "-" + specimen.candidate().number() + trained;
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public Optional<LayerProgram> program() {
        return design instanceof LayerProgram program ? Optional.of(program) : Optional.empty();
    }

    @Override
    public Subject at(Shape shape) {
        return program().isEmpty()
                ? this
                : new CandidateSubject(specimen, design, program().get().network(shape), weights, costs);
    }

    @Override
    public List<JsonNode> costs() {
        return costs;
    }

    @Override
    public Weights weights() throws IOException {
        return weights.of(network);
    }

    @Override
    public String weightsOrigin() {
        return weights.words();
    }

    @Override
    public ObjectNode json() {
        Candidate candidate = specimen.candidate();
        ObjectNode json = Json.MAPPER.createObjectNode().put("format", FORMAT);
        json.put("genome", candidate.genome().toString());
        json.set("decisions", CandidateJson.decisions(specimen.facts().space(), candidate.genome()));
        json.put("text", specimen.facts().space().text(candidate.genome()));
        json.set("measurements", CandidateJson.measurements(candidate.measurements()));
        json.set("weights", weights.json());
        json.set("provenance", Provenance.of(specimen));
        return json;
    }

    @Override
    public void report(Markdown report) {
        new CandidateReport(specimen, report).write();
    }
}
