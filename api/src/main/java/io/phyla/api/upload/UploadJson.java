package io.phyla.api.upload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.spaces.schema.Json;
import io.phyla.storage.upload.Upload;
import java.time.Instant;

/** An upload as the contract's {@code Model} or {@code DataSet}. */
final class UploadJson {

    private UploadJson() {}

    static ObjectNode of(Upload upload) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("id", upload.id());
        json.put("name", upload.name());
        json.put("bytes", upload.bytes());
        json.put("created_at", Instant.ofEpochMilli(upload.createdAt()).toString());
        json.setAll((ObjectNode) UploadStore.description(upload));
        return json;
    }
}
