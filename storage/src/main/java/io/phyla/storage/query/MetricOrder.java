package io.phyla.storage.query;

import io.phyla.search.candidate.CandidateState;
import io.phyla.storage.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The candidates of a search in order of one metric, equal ones in order of number. Measured and failed ones stand apart
 * in the index and are merged here; within each, equals of the last item come before what lies beyond it. Every
 * statement is one range of the index, so a page costs the same wherever it is.
 */
final class MetricOrder {

    private final Connection connection;
    private final int sid;
    private final int mid;
    private final boolean descending;

    MetricOrder(Connection connection, int sid, int mid, boolean descending) {
        this.connection = connection;
        this.sid = sid;
        this.mid = mid;
        this.descending = descending;
    }

    /**
     * At most so many places.
     *
     * @param after null for the first page
     * @param state null for all that have the metric; the others are never measured
     */
    List<Place> after(@Nullable Place after, @Nullable CandidateState state, int limit) throws SQLException {
        List<Place> found = new ArrayList<>();
        if (state == null || state == CandidateState.MEASURED) {
            found.addAll(after(after, true, limit));
        }
        if (state == null || state == CandidateState.FAILED) {
            found.addAll(after(after, false, limit));
        }
        Comparator<Place> order = Comparator.comparingDouble(Place::value).thenComparingLong(Place::number);
        found.sort(descending ? order.reversed() : order);
        return found.size() <= limit ? found : found.subList(0, limit);
    }

    private List<Place> after(@Nullable Place after, boolean measured, int limit) throws SQLException {
        if (after == null) {
            return select("", limit, measured);
        }
        String beyond = descending ? "<" : ">";
        List<Place> found = new ArrayList<>(
                select(" and val = ? and number " + beyond + " ?", limit, measured, after.value(), after.number()));
        if (found.size() < limit) {
            found.addAll(select(" and val " + beyond + " ?", limit - found.size(), measured, after.value()));
        }
        return found;
    }

    private List<Place> select(String range, int limit, boolean measured, Object... bounds) throws SQLException {
        List<Object> parameters = new ArrayList<>(List.of(sid, mid, measured));
        parameters.addAll(List.of(bounds));
        parameters.add(limit);
        String direction = descending ? " desc" : "";
        return Sql.select(
                connection,
                "select number, val from measurement where sid = ? and mid = ? and measured = ?" + range
                        + " order by sid" + direction + ", mid" + direction + ", measured" + direction + ", val"
                        + direction + ", number" + direction + " limit ?",
                row -> new Place(row.getLong(1), row.getDouble(2)),
                parameters.toArray());
    }
}
