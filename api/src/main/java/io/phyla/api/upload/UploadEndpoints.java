package io.phyla.api.upload;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.api.http.Answer;
import io.phyla.api.http.Call;
import io.phyla.api.search.Store;
import io.phyla.spaces.schema.Json;
import io.phyla.storage.query.Page;
import io.phyla.storage.upload.Upload;
import io.phyla.storage.upload.Upload.Kind;

/** Uploads: list, look at, take home, delete. */
public final class UploadEndpoints {

    private final UploadStore store;
    private final Kind kind;

    public UploadEndpoints(UploadStore store, Kind kind) {
        this.store = store;
        this.kind = kind;
    }

    public Answer list(Call call) {
        Page<Upload> page =
                store.rows().list(kind, Store.cursor(call.parameters()), Store.limit(call.parameters()));
        ObjectNode json = Json.MAPPER.createObjectNode();
        ArrayNode items = json.putArray("items");
        page.items().forEach(each -> items.add(UploadJson.of(each)));
        page.next().ifPresent(next -> json.put("next", next));
        return Answer.json(json);
    }

    public Answer get(Call call) {
        return Answer.json(UploadJson.of(upload(call)));
    }

    public Answer delete(Call call) {
        store.delete(upload(call));
        return Answer.empty(204);
    }

    private Upload upload(Call call) {
        return store.find(kind, call.parameters().text("id"));
    }
}
