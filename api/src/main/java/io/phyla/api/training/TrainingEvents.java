package io.phyla.api.training;

import io.phyla.api.events.Event;
import io.phyla.api.events.Topics;
import io.phyla.search.training.CommittedTraining;
import io.phyla.search.training.TrainingJournal.Entry;
import io.phyla.spaces.schema.Json;
import java.util.function.Consumer;

/**
 * Takes every durable entry from the trainings and tells those who watch. The listener to make {@link
 * io.phyla.search.training.Trainings} with.
 */
public final class TrainingEvents implements Consumer<CommittedTraining> {

    private final Topics<Entry> topics = new Topics<>();

    @Override
    public void accept(CommittedTraining committed) {
        topics.publish(committed.training(), committed.entry());
    }

    /** How many readers there are. */
    public int readers() {
        return topics.readers();
    }

    Topics<Entry> topics() {
        return topics;
    }

    static Event event(Entry entry) {
        return switch (entry) {
            case Entry.PointAdded added ->
                Event.of(
                        added.sequence(),
                        "point",
                        Json.MAPPER
                                .createObjectNode()
                                .put("sequence", added.sequence())
                                .put("seconds", added.seconds())
                                .set("point", TrainingJson.point(added.point())),
                        false);
            case Entry.StateChanged changed ->
                Event.of(
                        changed.sequence(),
                        "state",
                        Json.MAPPER
                                .createObjectNode()
                                .put("sequence", changed.sequence())
                                .put("state", TrainingJson.name(changed.state()))
                                .put("ended_by", TrainingJson.endedBy(changed.state(), changed.reason()))
                                .put("waits_for", TrainingJson.waitsFor(changed.state(), changed.reason())),
                        changed.state().ended());
        };
    }
}
