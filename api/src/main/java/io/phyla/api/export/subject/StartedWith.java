package io.phyla.api.export.subject;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.evaluators.engine.Instructions;
import io.phyla.search.document.Providers;
import io.phyla.spaces.schema.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The program that a search was started with. Kept when it starts, because its document names evaluators only by their
 * names, and what stands behind a name may be another thing by the time somebody asks. Data needs no such note: the
 * document has it by the hash of its content.
 *
 * @param phyla version of the program
 * @param evaluators version of every evaluator by name
 * @param instructions vector instructions of the numeric engine; nothing for searches older than the choice
 * @param submitted the document as it came, before names were resolved and defaults filled in; nothing for searches older than
 *     its keeping
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record StartedWith(
        String phyla,
        Map<String, Integer> evaluators,
        @Nullable String instructions,
        @Nullable JsonNode submitted) {

    public StartedWith {
        evaluators = new TreeMap<>(evaluators);
    }

    /** As it would be for a search that starts now. */
    public static StartedWith now(String version) {
        Map<String, Integer> evaluators = new TreeMap<>();
        Providers.evaluators().values().forEach(each -> evaluators.put(each.name(), each.version()));
        return new StartedWith(version, evaluators, Instructions.inUse().label(), null);
    }

    /** To be kept with a search that is started by this document. */
    public String with(JsonNode document) {
        return new StartedWith(phyla, evaluators, instructions, document).json();
    }

    String json() {
        return Json.MAPPER.valueToTree(this).toString();
    }

    /** What {@link #json} wrote. */
    static StartedWith parse(String json) {
        try {
            return Json.MAPPER.readValue(json, StartedWith.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what a search was started with cannot be read", e);
        }
    }

    /** What is another thing now, in sentences. */
    List<String> changes(StartedWith now) {
        List<String> changes = new ArrayList<>();
        if (!phyla.equals(now.phyla)) {
            changes.add("phyla was " + phyla + " and is " + now.phyla);
        }
        if (instructions != null && !instructions.equals(now.instructions)) {
            changes.add("the engine used " + instructions + " and uses " + now.instructions
                    + ", which differs in the last digits");
        }
        evaluators.forEach((name, version) -> {
            Integer other = now.evaluators.get(name);
            if (!version.equals(other)) {
                changes.add("evaluator " + name + " had version " + version + " and has "
                        + (other == null ? "none" : "version " + other));
            }
        });
        return changes;
    }
}
