package io.phyla.api.export.delivery;

import io.phyla.api.contract.Parameters;
import io.phyla.api.export.Chosen;
import io.phyla.api.export.Exporters;
import io.phyla.api.export.archive.FrontArchive;
import io.phyla.api.export.archive.SearchArchive;
import io.phyla.api.export.subject.CandidateSubject;
import io.phyla.api.export.subject.SearchFacts;
import io.phyla.api.export.subject.Subjects;
import io.phyla.api.http.Call;
import io.phyla.api.http.Reply;
import io.phyla.api.search.Store;
import io.phyla.api.training.TrainingStore;
import io.phyla.api.upload.UploadStore;
import io.phyla.storage.upload.Upload;
import java.util.List;
import java.util.Optional;

/** What a search has found, what trainings have made and what was uploaded, as files. */
public final class ExportEndpoints {

    private static final String ZIP = "application/zip";

    private final Store store;
    private final TrainingStore trainings;
    private final UploadStore uploads;
    private final Subjects subjects;
    private final Exporters exporters;
    private final Delivery delivery;

    public ExportEndpoints(
            Store store,
            TrainingStore trainings,
            UploadStore uploads,
            Subjects subjects,
            Exporters exporters,
            Delivery delivery) {
        this.store = store;
        this.trainings = trainings;
        this.uploads = uploads;
        this.subjects = subjects;
        this.exporters = exporters;
        this.delivery = delivery;
    }

    public Reply candidate(Call call) {
        Parameters parameters = call.parameters();
        Chosen<?> chosen = chosen(parameters, List.of("format", "training"));
        SearchFacts facts = subjects.facts(store.search(parameters));
        CandidateSubject subject =
                subjects.candidate(facts, store.candidate(parameters).candidate());
        Optional<String> training = parameters.optionalText("training");
        return delivery.of(training.isPresent() ? subjects.trained(subject, training.get()) : subject, chosen);
    }

    public Reply training(Call call) {
        Chosen<?> chosen = chosen(call.parameters(), List.of("format"));
        return delivery.of(subjects.training(trainings.training(call.parameters())), chosen);
    }

    public Reply model(Call call) {
        Chosen<?> chosen = chosen(call.parameters(), List.of("format"));
        String id = call.parameters().text("id");
        return delivery.of(subjects.model(uploads.find(Upload.Kind.MODEL, id)), chosen);
    }

    public Reply front(Call call) {
        Chosen<?> chosen = chosen(call.parameters(), List.of("format"));
        SearchFacts facts = subjects.facts(store.search(call.parameters()));
        FrontArchive archive = new FrontArchive(store, subjects, facts);
        return delivery.of(
                "front " + facts.id() + " " + facts.search().sequence() + " " + chosen.identity(),
                ZIP,
                archive.fileName(chosen.exporter()) + ".zip",
                out -> archive.write(chosen, out));
    }

    public Reply search(Call call) {
        SearchFacts facts = subjects.facts(store.search(call.parameters()));
        return delivery.of(
                "search " + facts.id() + " " + facts.search().sequence(),
                ZIP,
                facts.fileName() + ".zip",
                new SearchArchive(store, subjects, exporters, facts)::write);
    }

    private Chosen<?> chosen(Parameters parameters, List<String> others) {
        return Chosen.of(exporters.named(parameters.text("format")), parameters.open(), others);
    }
}
