package io.phyla.api.upload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.api.http.Answer;
import io.phyla.api.http.Call;
import io.phyla.api.problem.Mistake;
import io.phyla.api.problem.ProblemException;
import io.phyla.api.problem.ProblemType;
import io.phyla.api.search.Once;
import io.phyla.api.upload.Receiver.Received;
import io.phyla.evaluators.artifacts.FileArtifacts;
import io.phyla.evaluators.artifacts.Incoming;
import io.phyla.evaluators.worker.Inspection;
import io.phyla.evaluators.worker.Inspector;
import io.phyla.evaluators.worker.Subject;
import io.phyla.storage.upload.Upload;
import io.phyla.storage.upload.Upload.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Takes models and data sets; the same content is taken once. */
public final class UploadCreation {

    private final UploadStore store;
    private final Once once;
    private final Receiver receiver;
    private final Semaphore places;

    public UploadCreation(UploadStore store, Once once) {
        this.store = store;
        this.once = once;
        receiver = new Receiver(store.incoming(), store.limits());
        places = new Semaphore(store.limits().atOnce());
    }

    /** {@code POST /v1/models}. */
    public Answer model(Call call) {
        return create(call, Kind.MODEL, Subject.MODEL, "/v1/models");
    }

    /** {@code POST /v1/data}. */
    public Answer data(Call call) {
        return create(call, Kind.DATA, Subject.DATA, "/v1/data");
    }

    private Answer create(Call call, Kind kind, Subject subject, String path) {
        if (!places.tryAcquire()) {
            throw new ProblemException(
                            ProblemType.OVERLOADED,
                            store.limits().atOnce() + " files are coming in already; try again in some seconds")
                    .with("Retry-After", "5");
        }
        try (Incoming.Place place = store.incoming().open()) {
            receiver.check(call.sent());
            store.checkRoom(kind, call.sent().announced().orElse(0));
            Received received = receiver.receive(call.sent(), place.directory());
            checkHash(call, received);
            String id = received.sha256();
            call.parameters()
                    .optionalText("Idempotency-Key")
                    .ifPresent(key -> once.claim(key, "upload", path + " " + id, id));
            UploadStore.Kept kept = keep(call, kind, subject, place.directory(), received);
            return Answer.json(kept.fresh() ? 201 : 200, UploadJson.of(kept.upload()))
                    .with("Location", path + "/" + id);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            places.release();
        }
    }

    private static void checkHash(Call call, Received received) {
        Optional<String> wanted = call.parameters().optionalText("sha256");
        if (wanted.isPresent() && !wanted.get().equals(received.sha256())) {
            throw new ProblemException(
                    ProblemType.INVALID_UPLOAD,
                    "another content came than was announced",
                    List.of(Mistake.of(
                            "sha256",
                            "is not that of the " + received.bytes() + " bytes that came, which is " + received.sha256()
                                    + "; send the file again")));
        }
    }

    private UploadStore.Kept keep(Call call, Kind kind, Subject subject, Path directory, Received received)
            throws IOException {
        Optional<Upload> there = store.rows().find(kind, received.sha256());
        if (there.isPresent()) {
            return new UploadStore.Kept(there.get(), false);
        }
        String name = call.parameters().text("name");
        Inspection.Understood found = inspect(subject, name, received.file(), directory);
        Map<String, Path> files = new HashMap<>();
        files.put(received.sha256(), received.file());
        ObjectNode description = found.description().deepCopy();
        for (Map.Entry<String, String> made : found.made().entrySet()) {
            Path file = Path.of(made.getValue());
            String sha256 = FileArtifacts.sha256(file);
            files.put(sha256, file);
            description.put(made.getKey(), sha256);
        }
        Upload upload = new Upload(
                kind,
                received.sha256(),
                name,
                received.bytes(),
                System.currentTimeMillis(),
                description.toString(),
                files.keySet());
        return store.keep(upload, files);
    }

    private Inspection.Understood inspect(Subject subject, String name, Path file, Path directory) {
        try {
            return switch (store.inspector().inspect(subject, name, file, directory)) {
                case Inspection.Understood understood -> understood;
                case Inspection.Refused refused ->
                    throw new ProblemException(
                            ProblemType.INVALID_UPLOAD,
                            refused.faults().getFirst().detail(),
                            refused.faults().stream()
                                    .map(fault -> Mistake.inFile(fault.where(), fault.detail()))
                                    .toList());
            };
        } catch (Inspector.Unavailable e) {
            throw new ProblemException(
                            ProblemType.OVERLOADED, "the file cannot be looked into now: " + e.getMessage())
                    .with("Retry-After", "30");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(ProblemType.UNAVAILABLE, "the service is stopping").with("Retry-After", "5");
        }
    }
}
