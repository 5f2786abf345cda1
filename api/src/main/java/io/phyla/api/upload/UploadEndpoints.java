package io.phyla.api.upload;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.api.http.Answer;
import io.phyla.api.http.Call;
import io.phyla.api.http.Reply;
import io.phyla.api.search.Store;
import io.phyla.spaces.schema.Json;
import io.phyla.storage.query.Page;
import io.phyla.storage.upload.Upload;
import io.phyla.storage.upload.Upload.Kind;

/** Uploads: list, look at, take home, delete. */
public final class UploadEndpoints {

    private static final int SHORT = 16;

    private final UploadStore store;
    private final Kind kind;

    public UploadEndpoints(UploadStore store, Kind kind) {
        this.store = store;
        this.kind = kind;
    }

    public Answer list(Call call) {
        Page<Upload> page = store.rows().list(kind, Store.cursor(call.parameters()), Store.limit(call.parameters()));
        ObjectNode json = Json.MAPPER.createObjectNode();
        ArrayNode items = json.putArray("items");
        page.items().forEach(each -> items.add(UploadJson.of(each)));
        page.next().ifPresent(next -> json.put("next", next));
        return Answer.json(json);
    }

    public Answer get(Call call) {
        return Answer.json(UploadJson.of(upload(call)));
    }

    /** What was uploaded. */
    public Reply content(Call call) {
        Upload upload = upload(call);
        return file(call, upload.id(), "application/octet-stream", ".onnx");
    }

    /** The network that a model became; written in the contract's form when it came. */
    public Reply network(Call call) {
        return file(call, made(call, "network"), "application/json", ".json");
    }

    /** The numbers of a model as safetensors. */
    public Reply weights(Call call) {
        return file(call, made(call, "weights"), "application/octet-stream", ".safetensors");
    }

    private String made(Call call, String what) {
        return UploadStore.description(upload(call)).path(what).asText();
    }

    private Reply file(Call call, String sha256, String mediaType, String extension) {
        String name = "phyla-" + call.parameters().text("id").substring(0, SHORT) + extension;
        return Reply.File.ofContent(store.file(sha256), sha256, mediaType, name);
    }

    public Answer delete(Call call) {
        store.delete(upload(call));
        return Answer.empty(204);
    }

    private Upload upload(Call call) {
        return store.find(kind, call.parameters().text("id"));
    }
}
