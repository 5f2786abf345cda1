package io.phyla.storage.training;

import io.phyla.search.training.CurvePoint;
import io.phyla.search.training.TrainingJournal.Entry;
import io.phyla.search.training.TrainingJournal.Standing;
import io.phyla.search.training.TrainingState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Trainings as rows. */
final class TrainingRows {

    static final String POINT = "step, steps, epoch, learning_rate, training_loss, training_accuracy, validation_loss,"
            + " validation_accuracy";

    static final String STANDING = "state, reason, sequence, seconds, weights, " + POINT;

    private TrainingRows() {}

    static TrainingState state(String name) {
        return TrainingState.valueOf(name.toUpperCase(Locale.ROOT));
    }

    static CurvePoint point(ResultSet row) throws SQLException {
        return new CurvePoint(
                row.getLong("step"),
                row.getLong("steps"),
                row.getDouble("epoch"),
                row.getDouble("learning_rate"),
                row.getDouble("training_loss"),
                row.getDouble("training_accuracy"),
                row.getObject("validation_loss", Double.class),
                row.getObject("validation_accuracy", Double.class));
    }

    static Standing standing(ResultSet row) throws SQLException {
        return new Standing(
                state(row.getString("state")),
                row.getString("reason"),
                row.getLong("sequence"),
                row.getDouble("seconds"),
                newest(row),
                row.getString("weights"));
    }

    private static @Nullable CurvePoint newest(ResultSet row) throws SQLException {
        return row.getObject("step") == null ? null : point(row);
    }

    static Entry.PointAdded added(ResultSet row) throws SQLException {
        return new Entry.PointAdded(row.getLong("sequence"), point(row), row.getDouble("seconds"));
    }

    static Entry.StateChanged changed(ResultSet row) throws SQLException {
        return new Entry.StateChanged(
                row.getLong("sequence"),
                state(row.getString("state")),
                row.getString("reason"),
                row.getLong("at"),
                row.getDouble("seconds"),
                row.getString("weights"));
    }
}
