package io.phyla.evaluators.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.evaluators.data.InvalidDataException;
import io.phyla.search.candidate.Cause;
import io.phyla.search.document.Parameters;
import io.phyla.search.document.Providers;
import io.phyla.search.metric.Evaluation;
import io.phyla.search.metric.EvaluationException;
import io.phyla.search.metric.Evaluator;
import io.phyla.search.metric.Resources;
import io.phyla.search.port.Artifacts;
import io.phyla.search.port.EvaluatorPool.Batch;
import io.phyla.search.port.EvaluatorPool.Task;
import io.phyla.spaces.SearchSpace;
import io.phyla.spaces.SpaceProvider;
import io.phyla.spaces.design.Design;
import io.phyla.spaces.schema.Json;
import io.phyla.spaces.schema.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Evaluates tasks, one at a time; what a batch's tasks share stays open between them. */
final class TaskRunner implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TaskRunner.class);
    private static final int MOST_OPEN = 4;

    private final Artifacts artifacts;
    private final Map<String, Opened> open = new LinkedHashMap<>(MOST_OPEN, 0.75f, true);

    TaskRunner(Artifacts artifacts) {
        this.artifacts = artifacts;
    }

    private record Opened(SearchSpace space, List<Evaluation> evaluations) {}

    /** What an evaluation gave: values and cost, or a cause. */
    sealed interface Answer {

        record Values(Map<String, Double> values, double cost) implements Answer {}

        record NoValues(Cause cause) implements Answer {}
    }

    /** @param started called when what the batch shares is loaded and the evaluation begins */
    Answer run(Task task, Runnable started) {
        try {
            Opened opened = open(task.batch());
            started.run();
            Design design = design(opened.space(), task);
            Map<String, Double> values = new TreeMap<>();
            double cost = 0;
            for (Evaluation evaluation : opened.evaluations()) {
                Evaluation.Evaluated evaluated = evaluation.evaluate(task.genome(), design, task.seed());
                values.putAll(evaluated.values());
                cost += evaluated.cost();
            }
            return new Answer.Values(values, cost);
        } catch (EvaluationException e) {
            return new Answer.NoValues(e.recorded());
        } catch (OutOfMemoryError e) {
            return new Answer.NoValues(new Cause(Cause.Kind.TOO_LARGE, "not enough memory: " + e.getMessage()));
        } catch (InvalidDataException e) {
            return new Answer.NoValues(new Cause(Cause.Kind.EVALUATION_FAILED, String.valueOf(e.getMessage())));
        } catch (RuntimeException | JsonProcessingException | LinkageError | StackOverflowError e) {
            LOG.warn(
                    "evaluating {} of search {} failed",
                    task.yardstick() == null ? task.genome() : task.yardstick(),
                    task.batch().id(),
                    e);
            return new Answer.NoValues(new Cause(
                    Cause.Kind.EVALUATION_FAILED,
                    e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()));
        }
    }

    private static Design design(SearchSpace space, Task task) {
        if (task.yardstick() == null) {
            return space.decode(task.genome());
        }
        Design design = space.yardsticks().get(task.yardstick());
        if (design == null) {
            throw new IllegalArgumentException(Nearest.unknown(
                    "yardstick", task.yardstick(), space.yardsticks().keySet()));
        }
        return design;
    }

    private Opened open(Batch batch) throws JsonProcessingException {
        Opened known = open.get(batch.id());
        if (known != null) {
            return known;
        }
        if (open.size() >= MOST_OPEN) {
            forget(open.keySet().iterator().next());
        }
        JsonNode json = Json.MAPPER.readTree(batch.space());
        SearchSpace space = space(Providers.space(json.path("name").asText()), json.path("parameters"));
        Opened opened = new Opened(space, evaluations(batch, space));
        open.put(batch.id(), opened);
        return opened;
    }

    private List<Evaluation> evaluations(Batch batch, SearchSpace space) throws JsonProcessingException {
        Resources resources = new Resources(artifacts, batch.limits().bytes());
        List<Evaluation> evaluations = new ArrayList<>();
        try {
            for (Map.Entry<String, JsonNode> each :
                    Json.MAPPER.readTree(batch.evaluators()).properties()) {
                evaluations.add(evaluation(each.getKey(), each.getValue(), space, resources));
            }
            return evaluations;
        } catch (RuntimeException | Error e) {
            evaluations.forEach(Evaluation::close);
            throw e;
        }
    }

    private static <P extends Record> SearchSpace space(SpaceProvider<P> provider, JsonNode parameters) {
        return provider.create(Parameters.read(parameters, provider.parameters()));
    }

    private static Evaluation evaluation(String name, JsonNode wanted, SearchSpace space, Resources resources) {
        Set<String> metrics = new TreeSet<>();
        wanted.path("metrics").forEach(metric -> metrics.add(metric.asText()));
        return open(Providers.evaluator(name), wanted.path("parameters"), space, metrics, resources);
    }

    private static <P extends Record> Evaluation open(
            Evaluator<P> evaluator, JsonNode parameters, SearchSpace space, Set<String> metrics, Resources resources) {
        return evaluator.open(Parameters.read(parameters, evaluator.parameters()), space, metrics, resources);
    }

    /** Closes what a batch holds. */
    void forget(String batch) {
        Opened opened = open.remove(batch);
        if (opened != null) {
            opened.evaluations().forEach(Evaluation::close);
        }
    }

    @Override
    public void close() {
        Set.copyOf(open.keySet()).forEach(this::forget);
    }
}
