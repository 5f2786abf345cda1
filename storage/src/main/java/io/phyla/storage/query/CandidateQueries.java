package io.phyla.storage.query;

import io.phyla.search.candidate.Candidate;
import io.phyla.search.candidate.CandidateState;
import io.phyla.storage.database.Database;
import io.phyla.storage.database.Metrics;
import io.phyla.storage.journal.EntryReader;
import io.phyla.storage.journal.Measurements;
import io.phyla.storage.journal.Rows;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Candidates of one search. A search that does not exist has none. */
public final class CandidateQueries {

    private final Sql sql;
    private final Metrics metrics;

    public CandidateQueries(Database database) {
        sql = new Sql(database);
        metrics = database.metrics();
    }

    private record Place(long number, double value) {}

    /**
     * One page.
     *
     * @param state null for all; sorting by a metric lists only candidates that have it
     */
    public Page<StoredCandidate> list(
            String search, CandidateOrder order, @Nullable CandidateState state, @Nullable String cursor, int limit) {
        return inSearch(search, new Page<>(List.of(), Optional.empty()), (connection, sid) -> {
            List<Place> places = order.metric() == null
                    ? byNumber(connection, sid, order.descending(), state, cursor, limit)
                    : byMetric(connection, sid, order, state, cursor, limit);
            return page(connection, sid, places, limit);
        });
    }

    private List<Place> byNumber(
            Connection connection,
            int sid,
            boolean descending,
            @Nullable CandidateState state,
            @Nullable String cursor,
            int limit)
            throws SQLException {
        long after = cursor == null ? (descending ? Long.MAX_VALUE : -1) : Cursor.number(Cursor.read(cursor, 2)[0]);
        String direction = descending ? "desc" : "asc";
        return Sql.select(
                connection,
                "select number from candidate where sid = ? and number " + (descending ? "<" : ">") + " ?"
                        + (state == null ? "" : " and state = '" + Rows.name(state) + "'")
                        + " order by sid " + direction + ", number " + direction + " limit ?",
                row -> new Place(row.getLong(1), 0),
                sid,
                after,
                limit + 1);
    }

    private List<Place> byMetric(
            Connection connection,
            int sid,
            CandidateOrder order,
            @Nullable CandidateState state,
            @Nullable String cursor,
            int limit)
            throws SQLException {
        Integer mid = metrics.find(Objects.requireNonNull(order.metric()));
        if (mid == null) {
            return List.of();
        }
        boolean descending = order.descending();
        String[] after = cursor == null ? null : Cursor.read(cursor, 2);
        double value = after == null
                ? (descending ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY)
                : Cursor.value(after[1]);
        long number = after == null ? (descending ? Long.MAX_VALUE : -1) : Cursor.number(after[0]);
        String beyond = descending ? "<" : ">";
        String direction = descending ? "desc" : "asc";
        String filter = state == null
                ? ""
                : " and exists (select 1 from candidate c where c.sid = m.sid and c.number = m.number and c.state = '"
                        + Rows.name(state) + "')";
        return Sql.select(
                connection,
                "select number, val from measurement m where sid = ? and mid = ? and val " + beyond + "= ? and (val "
                        + beyond + " ? or number " + beyond + " ?)" + filter + " order by sid " + direction + ", mid "
                        + direction + ", val " + direction + ", number " + direction + " limit ?",
                row -> new Place(row.getLong(1), row.getDouble(2)),
                sid,
                mid,
                value,
                value,
                number,
                limit + 1);
    }

    public Optional<StoredCandidate> find(String search, long number) {
        return inSearch(search, List.<StoredCandidate>of(), (connection, sid) -> load(connection, sid, List.of(number)))
                .stream()
                .findFirst();
    }

    /** The Pareto front in order of number. */
    public Page<StoredCandidate> front(String search, @Nullable String cursor, int limit) {
        long after = cursor == null ? -1 : Cursor.number(Cursor.read(cursor, 2)[0]);
        return numbered(
                search,
                "select number from front where sid = ? and number > ? order by sid, number limit ?",
                limit,
                after);
    }

    /** Candidates that have this one as a parent, in order of number. */
    public Page<StoredCandidate> children(String search, long parent, @Nullable String cursor, int limit) {
        long after = cursor == null ? -1 : Cursor.number(Cursor.read(cursor, 2)[0]);
        return numbered(
                search,
                "select child from lineage where sid = ? and parent = ? and child > ? order by sid, parent, child"
                        + " limit ?",
                limit,
                parent,
                after);
    }

    private Page<StoredCandidate> numbered(String search, String select, int limit, Object... parameters) {
        return inSearch(search, new Page<>(List.of(), Optional.empty()), (connection, sid) -> {
            List<Object> all = new ArrayList<>(List.of(sid));
            all.addAll(List.of(parameters));
            all.add(limit + 1);
            return page(
                    connection,
                    sid,
                    Sql.select(connection, select, row -> new Place(row.getLong(1), 0), all.toArray()),
                    limit);
        });
    }

    /**
     * Ancestors, nearest first.
     *
     * @param truncated whether there are further ones
     */
    public record Ancestors(List<StoredCandidate> items, boolean truncated) {}

    /** Goes up generation by generation, at most so many generations and candidates. */
    public Ancestors ancestors(String search, long number, int depth, int limit) {
        return inSearch(search, new Ancestors(List.of(), false), (connection, sid) -> {
            List<StoredCandidate> found = new ArrayList<>();
            Set<Long> seen = new HashSet<>(Set.of(number));
            Set<Long> generation = parents(load(connection, sid, List.of(number)), seen);
            for (int level = 0; level < depth && !generation.isEmpty() && found.size() < limit; level++) {
                List<Long> room =
                        generation.stream().limit(limit - found.size()).toList();
                List<StoredCandidate> loaded = load(connection, sid, room);
                found.addAll(loaded);
                boolean cut = room.size() < generation.size();
                generation = parents(loaded, seen);
                if (cut) {
                    return new Ancestors(found, true);
                }
            }
            return new Ancestors(found, !generation.isEmpty());
        });
    }

    private static Set<Long> parents(List<StoredCandidate> children, Set<Long> seen) {
        Set<Long> parents = new LinkedHashSet<>();
        for (StoredCandidate child : children) {
            for (long parent : child.candidate().origin().parents()) {
                if (seen.add(parent)) {
                    parents.add(parent);
                }
            }
        }
        return parents;
    }

    /** A candidate as a point between two axes. */
    public record Point(long number, double x, double y) {}

    /** Candidates that have both metrics, in order of number. */
    public List<Point> points(String search, String x, String y, long after, int limit) {
        Integer first = metrics.find(x);
        Integer second = metrics.find(y);
        if (first == null || second == null) {
            return List.of();
        }
        return inSearch(
                search,
                List.of(),
                (connection, sid) -> Sql.select(
                        connection,
                        "select c.number, a.val, b.val from candidate c join measurement a on a.sid = c.sid and "
                                + "a.number = c.number and a.mid = ? join measurement b on b.sid = c.sid and "
                                + "b.number = c.number and b.mid = ? where c.sid = ? and c.number > ? "
                                + "order by c.sid, c.number limit ?",
                        row -> new Point(row.getLong(1), row.getDouble(2), row.getDouble(3)),
                        first,
                        second,
                        sid,
                        after,
                        limit));
    }

    @FunctionalInterface
    private interface InSearch<T> {
        T with(Connection connection, int sid) throws SQLException;
    }

    private <T> T inSearch(String search, T none, InSearch<T> use) {
        return sql.connected(connection -> {
            Optional<Integer> sid = EntryReader.sid(connection, search);
            return sid.isPresent() ? use.with(connection, sid.get()) : none;
        });
    }

    private Page<StoredCandidate> page(Connection connection, int sid, List<Place> places, int limit)
            throws SQLException {
        List<Place> kept = places.size() > limit ? places.subList(0, limit) : places;
        List<StoredCandidate> items =
                load(connection, sid, kept.stream().map(Place::number).toList());
        return new Page<>(
                items,
                places.size() > limit
                        ? Optional.of(Cursor.write(
                                kept.getLast().number(), kept.getLast().value()))
                        : Optional.empty());
    }

    /** Candidates by number, in the order asked for. */
    private List<StoredCandidate> load(Connection connection, int sid, Collection<Long> numbers) throws SQLException {
        if (numbers.isEmpty()) {
            return List.of();
        }
        Array wanted = connection.createArrayOf("bigint", numbers.toArray());
        Map<Long, Map<String, Double>> measurements = Measurements.of(connection, metrics, sid, numbers);
        Set<Long> front = new HashSet<>(Sql.select(
                connection,
                "select number from front where sid = ? and number = any(?)",
                row -> row.getLong(1),
                sid,
                wanted));
        Map<Long, StoredCandidate> found = new HashMap<>();
        Sql.select(
                        connection,
                        "select " + Rows.CANDIDATE + " from candidate where sid = ? and number = any(?)",
                        row -> stored(row, measurements, front),
                        sid,
                        wanted)
                .forEach(each -> found.put(each.candidate().number(), each));
        return numbers.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    private static StoredCandidate stored(ResultSet row, Map<Long, Map<String, Double>> measurements, Set<Long> front)
            throws SQLException {
        long number = row.getLong("number");
        Candidate candidate = Rows.candidate(row, measurements.getOrDefault(number, Map.of()));
        return new StoredCandidate(candidate, front.contains(number));
    }
}
