package io.phyla.spaces.template;

import io.phyla.spaces.SearchSpace;
import io.phyla.spaces.SpaceProvider;
import io.phyla.spaces.schema.Problem;
import java.util.List;

/** Makes the spaces that users write themselves. */
public final class TemplateProvider implements SpaceProvider<TemplateParameters> {

    public static final String NAME = "template";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "A network template in which any value may be a decision: a document in the space language.";
    }

    @Override
    public Class<TemplateParameters> parameters() {
        return TemplateParameters.class;
    }

    @Override
    public List<Problem> check(TemplateParameters parameters) {
        return parameters.id() == null
                ? TemplateDocument.check(parameters.document()).stream()
                        .map(each -> new Problem("/document" + each.pointer(), each.detail()))
                        .toList()
                : List.of(new Problem(
                        "/id",
                        parameters.isExample()
                                ? "no stored space has this id"
                                : "a document stands beside it; give either an id or a document"));
    }

    @Override
    public SearchSpace create(TemplateParameters parameters) {
        return TemplateSpace.of(parameters);
    }
}
