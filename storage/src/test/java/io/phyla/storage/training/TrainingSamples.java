package io.phyla.storage.training;

import io.phyla.search.training.CurvePoint;
import io.phyla.search.training.TrainingJournal.Entry;
import io.phyla.search.training.TrainingJournal.Header;
import io.phyla.search.training.TrainingState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Trainings to write down. */
public final class TrainingSamples {

    private TrainingSamples() {}

    public static Header header(String id, long createdAt) {
        return new Header(id, "training " + id, "{\"limits\":{}}", "{\"nodes\":[]}", createdAt);
    }

    public static CurvePoint point(long step, long steps) {
        boolean validated = step % 10 == 0;
        return new CurvePoint(
                step,
                steps,
                step / 10.0,
                0.1 / step,
                1.0 / 3 + step,
                Math.nextUp(0.1),
                validated ? Double.NaN : null,
                validated ? 0.25 : null);
    }

    /** Waiting, running, so many points, and the end. */
    public static List<Entry> entries(int points, TrainingState end, @Nullable String weights) {
        List<Entry> entries = new ArrayList<>();
        entries.add(new Entry.StateChanged(1, TrainingState.WAITING, null, 1, 0, null));
        entries.add(new Entry.StateChanged(2, TrainingState.RUNNING, null, 2, 0, null));
        for (int i = 1; i <= points; i++) {
            entries.add(new Entry.PointAdded(2 + i, point(i, points), i / 7.0));
        }
        entries.add(new Entry.StateChanged(3 + points, end, end.name(), 9, points / 7.0, weights));
        return entries;
    }
}
