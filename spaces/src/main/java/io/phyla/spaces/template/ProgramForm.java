package io.phyla.spaces.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.evonorm.ReadyLayers;
import io.phyla.spaces.program.ProgramJson;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a layer program is written: as the name of a published layer, or whole. */
final class ProgramForm {

    static final String OP = "program";

    /** The member that holds a whole program. */
    static final String WHOLE = "program";

    /** The epsilon that a layer was published with. */
    static final String PUBLISHED = "published";

    private static final Member LAYER = new Member(
            "layer",
            LayerProgram.class,
            0,
            0,
            List.copyOf(ReadyLayers.all().keySet()),
            null,
            "A published layer, unless program has a whole one.");
    private static final Member GROUP_SIZE = new Member(
            "group_size",
            int.class,
            0,
            65_536,
            List.of(),
            IntNode.valueOf(0),
            "Channels of a group; 0 for " + LayerProgram.GROUPS + " groups.");
    private static final Member EPSILON = new Member(
            "epsilon",
            double.class,
            0,
            0.5,
            List.of(PUBLISHED),
            TextNode.valueOf(PUBLISHED),
            "What keeps roots, logarithms and divisors away from 0.");
    private static final Member MOMENTUM = new Member(
            "momentum",
            double.class,
            0,
            1,
            List.of(),
            DoubleNode.valueOf(Layer.Program.MOMENTUM),
            "Share of a new batch in the moving averages.");

    static final LayerForm FORM =
            new LayerForm(OP, List.of(LAYER, GROUP_SIZE, EPSILON, MOMENTUM), ProgramForm::layer, 1, 1);

    private ProgramForm() {}

    private static Layer layer(Object[] values) {
        LayerProgram program = (LayerProgram) values[0];
        return new Layer.Program(
                new LayerProgram(
                        program.vectors(),
                        program.nodes(),
                        program.output(),
                        program.affine(),
                        (Integer) values[1],
                        (Double) values[2]),
                (Double) values[3]);
    }

    /** A name or a whole program that was found to be right. */
    static LayerProgram program(JsonNode json) {
        return json.isTextual() ? ReadyLayers.program(json.asText()) : ProgramJson.read(json);
    }

    /** An item with a whole program; group size and epsilon stand in it. */
    static @Nullable Item read(Spot at, Item.Head head, ValueReader values, Lexicon.Names names) {
        for (Member member : List.of(LAYER, GROUP_SIZE, EPSILON)) {
            if (at.has(member.name())) {
                at.child(member.name())
                        .wrong(
                                member == LAYER
                                        ? "a layer is given by its name or by a whole program, not by both"
                                        : "stands in the program itself");
            }
        }
        Spot spot = at.child(WHOLE);
        LayerProgram program = ProgramJson.read(spot.json(), spot.pointer(), at.problems());
        Value momentum = at.has(MOMENTUM.name())
                ? values.read(at.child(MOMENTUM.name()), MOMENTUM, names)
                : literal(at, Objects.requireNonNull(MOMENTUM.byDefault()));
        if (program == null || momentum == null) {
            return null;
        }
        return new Item.OfLayer(
                head,
                FORM,
                List.of(
                        literal(spot, spot.json()),
                        literal(spot, IntNode.valueOf(program.groupSize())),
                        literal(spot, DoubleNode.valueOf(program.epsilon())),
                        momentum));
    }

    private static Value literal(Spot at, JsonNode json) {
        return new Value.Literal(at.pointer(), json);
    }
}
