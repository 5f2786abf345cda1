package io.phyla.api.upload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.api.problem.ProblemException;
import io.phyla.api.problem.ProblemType;
import io.phyla.evaluators.artifacts.FileArtifacts;
import io.phyla.evaluators.artifacts.Incoming;
import io.phyla.evaluators.data.Datasets;
import io.phyla.evaluators.worker.Inspector;
import io.phyla.spaces.schema.Json;
import io.phyla.storage.query.Page;
import io.phyla.storage.upload.Upload;
import io.phyla.storage.upload.Upload.Kind;
import io.phyla.storage.upload.Upload.Usage;
import io.phyla.storage.upload.Uploads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Uploads as rows, files and names. The row comes first and goes last: a row without its file is what a process left that died
 * in between, and is removed at start.
 */
public final class UploadStore {

    private static final int PAGE = 500;

    private final Uploads rows;
    private final FileArtifacts artifacts;
    private final Incoming incoming;
    private final Inspector inspector;
    private final UploadLimits limits;
    private final ReentrantLock one = new ReentrantLock();

    private UploadStore(
            Uploads rows, FileArtifacts artifacts, Incoming incoming, Inspector inspector, UploadLimits limits) {
        this.rows = rows;
        this.artifacts = artifacts;
        this.incoming = incoming;
        this.inspector = inspector;
        this.limits = limits;
    }

    /** Removes what an earlier process left unfinished. */
    public static UploadStore open(Uploads rows, FileArtifacts artifacts, Inspector inspector, UploadLimits limits)
            throws IOException {
        UploadStore store = new UploadStore(rows, artifacts, new Incoming(artifacts), inspector, limits);
        for (Kind kind : Kind.values()) {
            Page<Upload> page = rows.list(kind, null, PAGE);
            page.items().forEach(store::takeUp);
            while (page.next().isPresent()) {
                page = rows.list(kind, page.next().get(), PAGE);
                page.items().forEach(store::takeUp);
            }
        }
        return store;
    }

    private void takeUp(Upload upload) {
        boolean whole =
                upload.contents().stream().allMatch(each -> artifacts.open(each).isPresent());
        if (!whole) {
            remove(upload);
        } else if (upload.kind() == Kind.DATA) {
            try {
                name(upload);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    Uploads rows() {
        return rows;
    }

    FileArtifacts artifacts() {
        return artifacts;
    }

    Incoming incoming() {
        return incoming;
    }

    /** The process that does what the service does not do in its own. */
    public Inspector inspector() {
        return inspector;
    }

    UploadLimits limits() {
        return limits;
    }

    /** The upload that a path names. */
    public Upload find(Kind kind, String id) {
        return rows.find(kind, id)
                .orElseThrow(
                        () -> ProblemException.notFound((kind == Kind.MODEL ? "model '" : "data set '") + id + "'"));
    }

    /** The content of this hash. */
    public Path file(String sha256) {
        return artifacts.open(sha256).orElseThrow(() -> ProblemException.notFound("content '" + sha256 + "'"));
    }

    /** @throws ProblemException if there are too many, or too large ones */
    void checkRoom(Kind kind, long more) {
        Usage usage = rows.usage(kind);
        if (usage.count() >= limits.count()) {
            throw new ProblemException(
                    ProblemType.STORAGE_FULL,
                    "there are " + usage.count() + " uploads of this kind, and no more are kept; delete some first");
        }
        if (usage.bytes() + more > limits.total()) {
            throw new ProblemException(
                    ProblemType.STORAGE_FULL,
                    "the uploads of this kind have " + usage.bytes() + " bytes, and " + limits.total()
                            + " are kept at most; delete some first");
        }
    }

    /**
     * Keeps an upload, unless it is there.
     *
     * @param files of its contents by their hashes, to be moved
     * @return what is kept, and whether it is new
     */
    Kept keep(Upload upload, Map<String, Path> files) throws IOException {
        one.lock();
        try {
            Optional<Upload> there = rows.find(upload.kind(), upload.id());
            if (there.isPresent()) {
                return new Kept(there.get(), false);
            }
            checkRoom(upload.kind(), upload.bytes());
            checkName(upload);
            rows.add(upload);
            try {
                take(upload, files);
            } catch (IOException | RuntimeException e) {
                remove(upload);
                throw e;
            }
            return new Kept(upload, true);
        } finally {
            one.unlock();
        }
    }

    private void take(Upload upload, Map<String, Path> files) throws IOException {
        for (Map.Entry<String, Path> each : files.entrySet()) {
            artifacts.adopt(each.getValue(), each.getKey());
        }
        if (upload.kind() == Kind.DATA) {
            name(upload);
        }
    }

    /** An upload, and whether this request brought it. */
    record Kept(Upload upload, boolean fresh) {}

    private void checkName(Upload upload) {
        boolean taken = upload.kind() == Kind.DATA
                && (Datasets.builtIn(upload.name()).isPresent()
                        || artifacts
                                .find(upload.name())
                                .filter(other -> !other.sha256().equals(upload.id()))
                                .isPresent());
        if (taken) {
            throw new ProblemException(
                    ProblemType.IN_USE,
                    "the name '" + upload.name()
                            + "' stands for other data; choose another, or delete that data first");
        }
    }

    /** Makes it known to documents, and to whoever would read it to find out what it is. */
    private void name(Upload upload) throws IOException {
        JsonNode description = description(upload);
        Datasets.know(
                upload.id(),
                new Datasets.Form(
                        description.path("classes").asInt(),
                        description.path("channels").asInt(),
                        description.path("size").asInt(),
                        description.at("/images/train").asInt()));
        artifacts.name(upload.name(), upload.id());
    }

    /** What was found out about it when it came. */
    public static JsonNode description(Upload upload) {
        try {
            return Json.MAPPER.readTree(upload.description());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the description of upload " + upload.id() + " cannot be read", e);
        }
    }

    /** @throws ProblemException if something that has not ended needs it */
    void delete(Upload upload) {
        one.lock();
        try {
            rows.user(upload.id()).ifPresent(user -> {
                throw new ProblemException(
                        ProblemType.IN_USE, user + " has not ended and needs it; cancel that, or wait for its end");
            });
            remove(upload);
        } finally {
            one.unlock();
        }
    }

    private void remove(Upload upload) {
        try {
            if (upload.kind() == Kind.DATA) {
                artifacts.unname(upload.id());
            }
            for (String content : upload.contents()) {
                if (!rows.othersUse(upload, content)) {
                    artifacts.discard(content);
                }
            }
            rows.delete(upload.kind(), upload.id());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
