package io.phyla.search.document;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.spaces.schema.Json;
import io.phyla.spaces.schema.Problem;
import io.phyla.spaces.schema.RecordReader;
import java.util.ArrayList;
import java.util.List;

/** Parameter records from JSON that was checked before. */
public final class Parameters {

    private Parameters() {}

    /** @throws IllegalArgumentException listing what does not fit */
    public static <P extends Record> P read(JsonNode json, Class<P> type) {
        List<Problem> problems = new ArrayList<>();
        P read = RecordReader.read(json, type, "", problems);
        if (read == null) {
            throw new IllegalArgumentException(type.getSimpleName() + ": " + problems);
        }
        return read;
    }

    static <P extends Record> P byDefault(Class<P> type) {
        return read(Json.MAPPER.createObjectNode(), type);
    }
}
