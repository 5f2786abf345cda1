package io.phyla.evaluators.layer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.drawing.SvgDrawing;
import io.phyla.spaces.program.Formula;
import io.phyla.spaces.evonorm.NearestLayer;
import io.phyla.spaces.schema.Json;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** All that is known of a layer from its program alone, as JSON: the contract's {@code Layer}. */
public final class LayerDossier {

    private LayerDossier() {}

    /** @param worstGradient what gradient ascent on a network's weights reached, if a search measured it */
    public static ObjectNode of(LayerProgram program, @Nullable Double worstGradient) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.set("formula", Json.MAPPER.valueToTree(Formula.of(program)));
        json.put("series", program.series().name().toLowerCase(Locale.ROOT));
        json.set("moving_averages", Json.MAPPER.valueToTree(Certificates.movingAverages(program)));
        ArrayNode vectors = json.putArray("vectors");
        boolean[] live = program.live();
        for (int i = 0; i < program.vectors().size(); i++) {
            LayerProgram.Vector vector = program.vectors().get(i);
            vectors.addObject()
                    .put("name", vector.name())
                    .put("initial", vector.initial())
                    .put("used", live[LayerProgram.FIRST_VECTOR + i]);
        }
        json.put("svg", SvgDrawing.of(program));
        json.set("curves", ResponseCurves.json(ResponseCurves.of(program)));
        json.set("certificates", Json.MAPPER.valueToTree(Certificates.of(program, worstGradient)));
        json.set("nearest", Json.MAPPER.valueToTree(NearestLayer.of(program)));
        json.put("live_nodes", program.liveNodes());
        json.set("program", Json.MAPPER.valueToTree(program));
        return json;
    }
}
