package io.phyla.evaluators.worker;

import static io.phyla.evaluators.worker.TrainingTasks.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.evaluators.artifacts.FileArtifacts;
import io.phyla.evaluators.worker.TrainingTasks.Heard;
import io.phyla.search.training.TrainingPool.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who has the only worker, without a worker: turns of no length end as soon as they may. */
class TrainingQueueTest {

    @TempDir
    Path directory;

    private TrainingQueue queue;

    @BeforeEach
    void open() {
        queue = new TrainingQueue(new Object(), 1, new TrainingFiles(new FileArtifacts(directory)), Duration.ZERO);
    }

    private TrainingJob begin(int worker) {
        TrainingJob job = Objects.requireNonNull(queue.next(false));
        job.begin("worker" + worker);
        return job;
    }

    /** Only lost workers are attempts: one that is lost after three turns is the first. */
    @Test
    void turnsAreNoAttempts() {
        Heard heard = TrainingTasks.train(queue, task("turns", 10, 1));
        for (int worker = 1; worker <= 3; worker++) {
            queue.left(begin(worker));
        }
        queue.died(begin(4), "worker4", "was lost");
        assertThat(heard.last).isNotDone();
        queue.died(begin(5), "worker5", "was lost");
        assertThat(heard.last).isNotDone();
        queue.died(begin(6), "worker6", "was lost");
        assertThat(heard.last).isCompletedWithValueMatching(Report.Failed.class::isInstance);
        assertThat(heard.reports.stream()
                        .filter(Report.Started.class::isInstance)
                        .map(report -> ((Report.Started) report).attempt()))
                .containsExactly(1, 1, 1, 1, 2, 3);
    }

    /** Two trainings come to the same weights; one is deleted before the journal has the other. */
    @Test
    void weightsThatAreNotInTheJournalYetAreNotDiscarded() throws Exception {
        FileArtifacts artifacts = new FileArtifacts(directory);
        String weights = "";
        for (String id : List.of("first", "second")) {
            Heard heard = TrainingTasks.train(queue, task(id, 10, 1));
            TrainingJob job = begin(1);
            Path own = Files.createDirectories(queue.files().of(id));
            Files.writeString(own.resolve(TrainingRunner.WEIGHTS), "the same");
            queue.trained(job);
            weights = ((Report.Trained) heard.last.get()).weights();
        }
        queue.recorded(weights);
        queue.discard(weights);
        assertThat(artifacts.open(weights)).isPresent();
        queue.recorded(weights);
        queue.discard(weights);
        assertThat(artifacts.open(weights)).isEmpty();
    }

    /** Data that takes longer to load than a turn lasts does not keep a training from ever coming to a step. */
    @Test
    void aTurnBeginsWithTheFirstStep() {
        TrainingTasks.train(queue, task("slow", 10, 1));
        TrainingJob job = begin(1);
        queue.look(job, true);
        assertThat(job.toLeave()).isFalse();
        queue.started(job);
        queue.look(job, false);
        assertThat(job.toLeave()).isFalse();
        queue.look(job, true);
        assertThat(job.toLeave()).isTrue();
        queue.left(job);
        TrainingJob again = begin(2);
        queue.look(again, true);
        assertThat(again.toLeave()).isFalse();
    }
}
