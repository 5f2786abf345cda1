package io.phyla.search.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phyla.search.progress.StateConflict;
import io.phyla.search.training.TrainingPool.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What wishes and a pool's reports make of a training, in whatever order they come. */
@Timeout(30)
class TrainingsTest {

    private static final String ID = "a";

    private final Memory journal = new Memory();
    private final Hand pool = new Hand();
    private final Trainings trainings = new Trainings(journal, pool, _ -> {});

    /** Reports what a test tells it to. */
    private static final class Hand implements TrainingPool {

        final List<Consumer<Report>> sinks = new ArrayList<>();
        final List<String> asked = new ArrayList<>();
        final BlockingQueue<String> recorded = new LinkedBlockingQueue<>();

        @Override
        public void train(Task task, Consumer<Report> sink) {
            sinks.add(sink);
            asked.add("train");
        }

        @Override
        public void stop(String training) {
            asked.add("stop");
        }

        @Override
        public void forget(String training) {
            asked.add("forget");
        }

        @Override
        public void recorded(String weights) {
            recorded.add(weights);
        }

        @Override
        public void discard(String weights) {
            asked.add("discard " + weights);
        }
    }

    /** Lives as long as the object. */
    private static final class Memory implements TrainingJournal {

        final List<Entry> entries = new ArrayList<>();

        @Override
        public void create(Header header) {}

        @Override
        public List<Unfinished> unfinished() {
            return List.of();
        }

        @Override
        public Optional<Standing> standing(String training) {
            return Optional.empty();
        }

        @Override
        public CompletionStage<Void> append(String training, List<Entry> fresh) {
            entries.addAll(fresh);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void delete(String training) {
            entries.clear();
        }

        @Override
        public boolean uses(String weights) {
            return entries.stream()
                    .anyMatch(
                            entry -> entry instanceof Entry.StateChanged changed && weights.equals(changed.weights()));
        }

        List<TrainingState> states() {
            return entries.stream()
                    .filter(Entry.StateChanged.class::isInstance)
                    .map(entry -> ((Entry.StateChanged) entry).state())
                    .toList();
        }
    }

    @BeforeEach
    void create() {
        trainings.create(new TrainingJournal.Header(ID, "name", "{\"limits\": {}}", "{}", 1));
    }

    @AfterEach
    void close() {
        trainings.close();
    }

    /** Reports, and waits until it is taken: wishes run on the same thread after it. */
    private void report(int turn, Report report) {
        pool.sinks.get(turn).accept(report);
        try {
            trainings.pause("none");
        } catch (StateConflict e) {
            assertThat(e).hasMessageContaining("ended");
        }
    }

    private static CurvePoint point(long step) {
        return new CurvePoint(step, 10, 1, 0.1, 2, 0.5, null, null);
    }

    /** Without the second stop the training would have a worker for hours that nobody listens to. */
    @Test
    void whatIsDoneWhileItWaitsOnceMoreWaitsNoLonger() {
        report(0, new Report.Started("worker", 1));
        trainings.pause(ID);
        trainings.resume(ID);
        assertThat(pool.asked).containsExactly("train", "stop", "train");
        report(0, new Report.Trained("weights"));
        assertThat(pool.asked.subList(3, pool.asked.size())).containsExactly("stop", "forget");
        assertThat(journal.states()).endsWith(TrainingState.WAITING, TrainingState.FINISHED);
        report(1, new Report.Trained("weights"));
        assertThat(pool.asked).doesNotContain("discard weights");
        assertThat(trainings.active()).isZero();
    }

    /** Whoever holds weights for their training lets go of them once they are in the journal, or nobody wants them. */
    @Test
    void saysWhenWeightsAreWrittenDown() throws InterruptedException {
        report(0, new Report.Started("worker", 1));
        assertThat(pool.recorded).isEmpty();
        report(0, new Report.Trained("weights"));
        assertThat(pool.recorded.take()).isEqualTo("weights");
        report(0, new Report.Trained("others"));
        assertThat(pool.recorded.take()).isEqualTo("others");
        assertThat(pool.asked).endsWith("discard others");
    }

    @Test
    void pointsThatComeAgainAreWrittenOnce() {
        report(0, new Report.Started("worker", 1));
        for (long step : new long[] {5, 10, 5, 10, 15}) {
            report(0, new Report.Point(point(step)));
        }
        assertThat(journal.entries.stream()
                        .filter(TrainingJournal.Entry.PointAdded.class::isInstance)
                        .map(entry -> ((TrainingJournal.Entry.PointAdded) entry)
                                .point()
                                .step()))
                .containsExactly(5L, 10L, 15L);
        assertThat(journal.entries.stream().map(TrainingJournal.Entry::sequence))
                .containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void whatWasDoneWhenItWasCancelledLeavesNothing() {
        report(0, new Report.Started("worker", 1));
        trainings.cancel(ID);
        report(0, new Report.Trained("weights"));
        assertThat(pool.asked).containsExactly("train", "stop", "forget", "discard weights");
        assertThat(journal.states()).endsWith(TrainingState.CANCELLED);
        assertThatThrownBy(() -> trainings.resume(ID)).isInstanceOf(StateConflict.class);
    }
}
