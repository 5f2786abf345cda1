package io.phyla.evaluators.worker;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** What was found in a file that somebody sent. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Inspection.Understood.class, name = "understood"),
    @JsonSubTypes.Type(value = Inspection.Refused.class, name = "refused"),
})
public sealed interface Inspection {

    /**
     * It is what it should be.
     *
     * @param made files that were made of it, by what they are: absolute paths
     */
    record Understood(JsonNode description, Map<String, String> made) implements Inspection {}

    /** It is not. */
    record Refused(List<Fault> faults) implements Inspection {

        static Refused of(String where, String detail) {
            return new Refused(List.of(new Fault(where, detail)));
        }
    }

    /**
     * One thing that is wrong.
     *
     * @param where the ONNX node or the archive's entry; empty if it is the file as a whole
     */
    record Fault(String where, String detail) {

        private static final int LONGEST = 1000;

        public Fault {
            where = shorten(where);
            detail = shorten(detail);
        }

        private static String shorten(String text) {
            return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
        }
    }
}
