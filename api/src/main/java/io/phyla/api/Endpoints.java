package io.phyla.api;

import io.phyla.api.catalog.Catalog;
import io.phyla.api.contract.Contract;
import io.phyla.api.events.Streams;
import io.phyla.api.events.WatchEndpoint;
import io.phyla.api.export.Exporters;
import io.phyla.api.export.delivery.Delivery;
import io.phyla.api.export.delivery.ExportEndpoints;
import io.phyla.api.export.subject.StartedWith;
import io.phyla.api.export.subject.Subjects;
import io.phyla.api.health.Gauges;
import io.phyla.api.health.Health;
import io.phyla.api.http.Answer;
import io.phyla.api.http.Endpoint;
import io.phyla.api.layer.LayerCosts;
import io.phyla.api.layer.LayerEndpoints;
import io.phyla.api.problem.ProblemDocument;
import io.phyla.api.problem.ProblemException;
import io.phyla.api.problem.ProblemType;
import io.phyla.api.search.CandidateEndpoints;
import io.phyla.api.search.Creation;
import io.phyla.api.search.Documents;
import io.phyla.api.search.Once;
import io.phyla.api.search.SearchEndpoints;
import io.phyla.api.search.Store;
import io.phyla.api.space.SpaceEndpoints;
import io.phyla.api.space.SpaceReferences;
import io.phyla.api.training.TrainingCreation;
import io.phyla.api.training.TrainingEndpoints;
import io.phyla.api.training.TrainingStore;
import io.phyla.api.upload.SpaceStore;
import io.phyla.api.upload.UploadCreation;
import io.phyla.api.upload.UploadEndpoints;
import io.phyla.api.upload.UploadStore;
import io.phyla.storage.query.Idempotency;
import io.phyla.storage.training.TrainingQueries;
import io.phyla.storage.upload.Upload.Kind;
import java.util.HashMap;
import java.util.Map;

/** Which code stands behind which operation of the contract. */
final class Endpoints {

    private final Map<String, Endpoint> endpoints = new HashMap<>();

    Endpoints(Contract contract, Parts parts, Store store, Streams streams, Delivery delivery) {
        catalog(new Catalog(parts.artifacts(), parts.examples()));
        SpaceStore spaces = new SpaceStore(parts.uploads());
        SpaceReferences references = new SpaceReferences(spaces);
        Documents documents = new Documents(parts.artifacts(), references::search);
        StartedWith program = StartedWith.now(contract.version());
        Once once = new Once(new Idempotency(parts.database(), parts.journal()));
        spaces(new SpaceEndpoints(spaces, references, parts.artifacts(), once));
        searches(new SearchEndpoints(store), documents, new Creation(store, documents, program::with, once));
        candidates(new CandidateEndpoints(store));
        LayerCosts costs = new LayerCosts(parts.uploads().inspector());
        LayerEndpoints layers = new LayerEndpoints(store, costs);
        endpoints.put("getLayer", layers::layer);
        endpoints.put("getLayerCost", layers::cost);
        endpoints.put("watchSearch", new WatchEndpoint(parts.events(), store, streams)::watch);
        TrainingStore trainings =
                new TrainingStore(parts.trainings(), new TrainingQueries(parts.database()), parts.artifacts());
        exports(store, trainings, new Subjects(store, trainings, parts.uploads(), program, costs::known), parts, delivery);
        trainings(
                new TrainingEndpoints(trainings, parts.trainingEvents(), streams),
                new TrainingCreation(trainings, once));
        uploads(parts.uploads(), new UploadCreation(parts.uploads(), once));
        Health health = new Health(parts.journal()::probe, parts.workers());
        endpoints.put("getLiveness", health::live);
        endpoints.put("getReadiness", health::ready);
        Gauges gauges = new Gauges(
                parts.meters(), parts.events(), parts.searches(), parts.workers(), parts.journal(), parts.database());
        gauges.of(parts.trainings(), parts.trainingEvents()::readers);
        endpoints.put("getMetrics", gauges::scrape);
        endpoints.put("getContract", _ -> Answer.text("application/yaml; charset=utf-8", contract.yaml()));
        endpoints.put("getProblemPage", call -> {
            String slug = call.parameters().text("type");
            ProblemType type =
                    ProblemType.named(slug).orElseThrow(() -> ProblemException.notFound("problem type '" + slug + "'"));
            return Answer.text("text/html; charset=utf-8", ProblemDocument.page(type))
                    .with("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
        });
    }

    private void catalog(Catalog catalog) {
        endpoints.put("listSpaces", catalog::spaces);
        endpoints.put("listMetrics", catalog::metrics);
        endpoints.put("listStrategies", catalog::strategies);
        endpoints.put("listEvaluators", catalog::evaluators);
        endpoints.put("listArtifacts", catalog::artifacts);
        endpoints.put("listExamples", catalog::examples);
        endpoints.put("getSearchSchema", catalog::searchSchema);
    }

    private void searches(SearchEndpoints searches, Documents documents, Creation creation) {
        endpoints.put("listSearches", searches::list);
        endpoints.put("createSearch", creation::create);
        endpoints.put("validateSearch", documents::validate);
        endpoints.put("getSearch", searches::get);
        endpoints.put("deleteSearch", searches::delete);
        endpoints.put("pauseSearch", searches::pause);
        endpoints.put("resumeSearch", searches::resume);
        endpoints.put("cancelSearch", searches::cancel);
        endpoints.put("getFinish", searches::finish);
    }

    private void candidates(CandidateEndpoints candidates) {
        endpoints.put("listCandidates", candidates::list);
        endpoints.put("getCandidate", candidates::get);
        endpoints.put("getNetwork", candidates::network);
        endpoints.put("listAncestors", candidates::ancestors);
        endpoints.put("listDescendants", candidates::descendants);
        endpoints.put("listFront", candidates::front);
        endpoints.put("listPoints", candidates::points);
    }

    private void exports(
            Store store, TrainingStore trainings, Subjects subjects, Parts parts, Delivery delivery) {
        Exporters exporters = new Exporters();
        ExportEndpoints exports =
                new ExportEndpoints(store, trainings, parts.uploads(), subjects, exporters, delivery);
        endpoints.put("listExporters", exporters::list);
        endpoints.put("exportCandidate", exports::candidate);
        endpoints.put("exportFront", exports::front);
        endpoints.put("exportSearch", exports::search);
        endpoints.put("exportTraining", exports::training);
        endpoints.put("exportModel", exports::model);
    }

    private void trainings(TrainingEndpoints trainings, TrainingCreation creation) {
        endpoints.put("getTrainingSchema", creation::schema);
        endpoints.put("listTrainings", trainings::list);
        endpoints.put("createTraining", creation::create);
        endpoints.put("getTraining", trainings::get);
        endpoints.put("deleteTraining", trainings::delete);
        endpoints.put("pauseTraining", trainings::pause);
        endpoints.put("resumeTraining", trainings::resume);
        endpoints.put("cancelTraining", trainings::cancel);
        endpoints.put("getTrainedNetwork", trainings::network);
        endpoints.put("getCurve", trainings::curve);
        endpoints.put("getWeights", trainings::weights);
        endpoints.put("watchTraining", trainings::watch);
    }

    private void spaces(SpaceEndpoints spaces) {
        endpoints.put("getSpaceSchema", spaces::schema);
        endpoints.put("createSpace", spaces::create);
        endpoints.put("validateSpace", spaces::validate);
        endpoints.put("listStoredSpaces", spaces::list);
        endpoints.put("getSpace", spaces::get);
        endpoints.put("deleteSpace", spaces::delete);
        endpoints.put("getSpaceDocument", spaces::document);
        endpoints.put("drawDesign", spaces::drawing);
    }

    private void uploads(UploadStore store, UploadCreation creation) {
        UploadEndpoints models = new UploadEndpoints(store, Kind.MODEL);
        endpoints.put("listModels", models::list);
        endpoints.put("uploadModel", creation::model);
        endpoints.put("getModel", models::get);
        endpoints.put("deleteModel", models::delete);
        endpoints.put("getModelNetwork", models::network);
        endpoints.put("getModelWeights", models::weights);
        endpoints.put("getModelContent", models::content);
        UploadEndpoints data = new UploadEndpoints(store, Kind.DATA);
        endpoints.put("listData", data::list);
        endpoints.put("uploadData", creation::data);
        endpoints.put("getData", data::get);
        endpoints.put("deleteData", data::delete);
    }

    Map<String, Endpoint> byOperation() {
        return endpoints;
    }
}
