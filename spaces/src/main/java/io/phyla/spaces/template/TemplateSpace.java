package io.phyla.spaces.template;

import io.phyla.spaces.Bound;
import io.phyla.spaces.Decision;
import io.phyla.spaces.DecisionTree;
import io.phyla.spaces.Genome;
import io.phyla.spaces.SearchSpace;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.schema.Problem;
import java.util.ArrayList;
import java.util.List;

/** The space of a document. */
public final class TemplateSpace implements SearchSpace {

    private final TemplateParameters parameters;
    private final Template template;
    private final Expansion.Program program;
    private final DecisionTree tree;

    TemplateSpace(TemplateParameters parameters, Template template, Expansion.Program program) {
        this.parameters = parameters;
        this.template = template;
        this.program = program;
        tree = new DecisionTree(program.decisions().all());
    }

    /** @throws IllegalArgumentException saying the first thing that is wrong with the document */
    static TemplateSpace of(TemplateParameters parameters) {
        if (parameters.id() != null) {
            throw new IllegalArgumentException("no stored space stands for id " + parameters.id() + " here");
        }
        List<Problem> problems = new ArrayList<>();
        Template template = TemplateReader.read(parameters.document(), problems);
        Expansion.Program program = template == null ? null : Expansion.of(template, problems);
        if (template == null || program == null) {
            Problem first = problems.getFirst();
            throw new IllegalArgumentException("document" + first.pointer() + ": " + first.detail());
        }
        return new TemplateSpace(parameters, template, program);
    }

    @Override
    public String name() {
        return TemplateProvider.NAME;
    }

    /** What the document calls it. */
    public String title() {
        return template.name();
    }

    @Override
    public TemplateParameters parameters() {
        return parameters;
    }

    @Override
    public List<Decision> decisions() {
        return List.copyOf(program.decisions().all());
    }

    @Override
    public DecisionTree tree() {
        return tree;
    }

    @Override
    public List<Bound> bounds() {
        return template.constraints().stream()
                .map(each -> new Bound("/document" + each.pointer(), each.metric(), each.min(), each.max()))
                .toList();
    }

    @Override
    public boolean total() {
        return false;
    }

    @Override
    public Network decode(Genome genome) {
        tree.check(genome);
        return Assembly.of(program, template.input(), genome);
    }

    /** The options of the decisions that exist: {@code stem.channels=32 stage.depth=2}. */
    @Override
    public String text(Genome genome) {
        boolean[] active = tree.active(genome);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < active.length; i++) {
            if (active[i]) {
                Decision decision = program.decisions().all().get(i);
                text.append(text.isEmpty() ? "" : " ")
                        .append(decision.name())
                        .append('=')
                        .append(decision.options().get(genome.option(i)));
            }
        }
        return text.toString();
    }
}
