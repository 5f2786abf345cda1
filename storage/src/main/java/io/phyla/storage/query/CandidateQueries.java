package io.phyla.storage.query;

import io.phyla.search.candidate.CandidateState;
import io.phyla.storage.database.Database;
import io.phyla.storage.database.Metrics;
import io.phyla.storage.database.Sql;
import io.phyla.storage.journal.EntryReader;
import io.phyla.storage.journal.Rows;
import java.sql.Array;
import java.sql.Connection;
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

    private static final String WANTED =
            " from unnest(?) wanted(n) join %1$s on %1$s.sid = ? and %1$s.number = wanted.n";

    private final Sql sql;
    private final Metrics metrics;

    public CandidateQueries(Database database) {
        sql = new Sql(database);
        metrics = database.metrics();
    }

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
                        + " order by sid " + direction + (state == null ? "" : ", state " + direction) + ", number "
                        + direction + " limit ?",
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
        String[] parts = cursor == null ? null : Cursor.read(cursor, 2);
        Place after = parts == null ? null : new Place(Cursor.number(parts[0]), Cursor.value(parts[1]));
        return mid == null
                ? List.of()
                : new MetricOrder(connection, sid, mid, order.descending()).after(after, state, limit + 1);
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

    /** @param next the number to go on after; null at the end */
    public record Points(List<Point> items, @Nullable Long next) {}

    /** Measured candidates that have both metrics, in order of number, out of at most so many measured ones. */
    public Points points(String search, String x, String y, long after, int limit) {
        return inSearch(search, new Points(List.of(), null), (connection, sid) -> {
            List<Point> items = new ArrayList<>();
            List<Long> numbers = Sql.select(
                    connection,
                    "select number, measurements from candidate where sid = ? and state = 'measured' and number > ? "
                            + "order by sid, state, number limit ?",
                    row -> {
                        Map<String, Double> values = metrics.read(row.getString(2));
                        Double first = values.get(x);
                        Double second = values.get(y);
                        if (first != null && second != null) {
                            items.add(new Point(row.getLong(1), first, second));
                        }
                        return row.getLong(1);
                    },
                    sid,
                    after,
                    limit + 1);
            if (numbers.size() <= limit) {
                return new Points(items, null);
            }
            long last = numbers.get(limit - 1);
            return new Points(
                    items.stream().filter(each -> each.number() <= last).toList(), last);
        });
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

    /** Candidates by number, in the order asked for. Each number is looked up; a list in a condition would be a scan. */
    private List<StoredCandidate> load(Connection connection, int sid, Collection<Long> numbers) throws SQLException {
        if (numbers.isEmpty()) {
            return List.of();
        }
        Array wanted = connection.createArrayOf("bigint", numbers.toArray());
        Set<Long> front = new HashSet<>(Sql.select(
                connection, "select number" + WANTED.formatted("front"), row -> row.getLong(1), wanted, sid));
        Map<Long, StoredCandidate> found = new HashMap<>();
        Sql.select(
                        connection,
                        "select " + Rows.CANDIDATE + WANTED.formatted("candidate"),
                        row -> new StoredCandidate(Rows.candidate(row, metrics), front.contains(row.getLong("number"))),
                        wanted,
                        sid)
                .forEach(each -> found.put(each.candidate().number(), each));
        return numbers.stream().map(found::get).filter(Objects::nonNull).toList();
    }
}
