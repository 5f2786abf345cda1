package io.phyla.api.health;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.phyla.api.events.Events;
import io.phyla.api.http.Answer;
import io.phyla.api.http.Call;
import io.phyla.search.candidate.CandidateState;
import io.phyla.search.run.Searches;
import io.phyla.search.training.Trainings;
import io.phyla.storage.database.Database;
import io.phyla.storage.journal.H2Journal;
import java.util.Locale;
import java.util.function.Supplier;

/** What Prometheus gets to see beside the times of requests. */
public final class Gauges {

    private final PrometheusMeterRegistry registry;

    public Gauges(
            PrometheusMeterRegistry registry,
            Events events,
            Searches searches,
            Supplier<WorkerStatus> workers,
            H2Journal journal,
            Database database) {
        this.registry = registry;
        for (CandidateState state : CandidateState.values()) {
            FunctionCounter.builder("phyla.candidates", events, each -> each.candidates(state))
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .description("Candidates that reached this state since the start of the process.")
                    .register(registry);
        }
        FunctionCounter.builder("phyla.final.evaluations", events, Events::finals)
                .description("Evaluations of last phases since the start of the process.")
                .register(registry);
        Gauge.builder("phyla.searches.active", searches, Searches::active)
                .description("Searches that have not ended.")
                .register(registry);
        Gauge.builder("phyla.evaluations.in.flight", searches, Searches::inFlight)
                .description("Evaluations handed out whose results are not durable yet.")
                .register(registry);
        Gauge.builder("phyla.evaluations.waiting", workers, each -> each.get().waiting())
                .description("Evaluations that no worker has taken yet.")
                .register(registry);
        Gauge.builder("phyla.workers.alive", workers, each -> each.get().alive())
                .description("Workers that are alive.")
                .register(registry);
        FunctionCounter.builder(
                        "phyla.workers.restarts", workers, each -> each.get().restarts())
                .description("Workers started again after they died.")
                .register(registry);
        FunctionCounter.builder("phyla.journal.commits", journal, H2Journal::commits)
                .description("Times that something was made durable, often many entries together.")
                .register(registry);
        Gauge.builder("phyla.database.bytes", database, Database::bytes)
                .description("Size of the database file.")
                .register(registry);
        Gauge.builder("phyla.journal.waiting", journal, H2Journal::waiting)
                .description("Entries handed to the journal and not yet durable.")
                .register(registry);
        Gauge.builder("phyla.event.readers", events, Events::readers)
                .description("Clients that read event streams.")
                .register(registry);
    }

    /** @param readers of their events */
    public void of(Trainings trainings, Supplier<Number> readers) {
        Gauge.builder("phyla.trainings.active", trainings, Trainings::active)
                .description("Trainings that have not ended.")
                .register(registry);
        Gauge.builder("phyla.training.event.readers", readers)
                .description("Clients that read event streams of trainings.")
                .register(registry);
    }

    /** {@code GET /metrics}. */
    public Answer scrape(Call call) {
        return Answer.text("text/plain; version=0.0.4; charset=utf-8", registry.scrape());
    }
}
