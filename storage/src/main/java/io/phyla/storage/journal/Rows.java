package io.phyla.storage.journal;

import io.phyla.search.candidate.Candidate;
import io.phyla.search.candidate.CandidateState;
import io.phyla.search.candidate.Cause;
import io.phyla.search.candidate.Origin;
import io.phyla.search.port.Journal.Entry.CandidateDone;
import io.phyla.search.port.Journal.Entry.StateChanged;
import io.phyla.search.progress.SearchState;
import io.phyla.search.progress.Summary;
import io.phyla.search.progress.Tolls;
import io.phyla.spaces.Genome;
import io.phyla.spaces.Key;
import io.phyla.storage.database.Metrics;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Entries as rows, both ways. */
public final class Rows {

    public static final String SUMMARY =
            "measured, failed, rejected, duplicates, cost, seconds, front_size, best, best_value,"
                    + " tolls, causes";

    public static final String CANDIDATE = "number, sequence, key_high, key_low, genome, operator, parent1, parent2,"
            + " changes, state, measurements, cause_kind, cause_detail, duplicate_of, evaluation_cost, attempt, worker,"
            + " milliseconds, finished_at, joined, left_front, screened, " + SUMMARY;

    private static final int MOST_DETAIL = 10_000;

    private Rows() {}

    /**
     * Sets a candidate's columns from the given index on and returns the next index.
     *
     * @param measurements as {@link Metrics#write} writes them
     */
    static int set(PreparedStatement statement, int index, CandidateDone entry, String measurements)
            throws SQLException {
        Candidate it = entry.candidate();
        List<Long> parents = it.origin().parents();
        Cause cause = it.cause();
        int i = index;
        statement.setLong(i++, it.number());
        statement.setLong(i++, entry.sequence());
        statement.setLong(i++, it.key().high());
        statement.setLong(i++, it.key().low());
        statement.setString(i++, it.genome().toString());
        statement.setString(i++, it.origin().operator());
        set(statement, i++, parents.isEmpty() ? null : parents.getFirst());
        set(statement, i++, parents.size() < 2 ? null : parents.get(1));
        statement.setString(i++, changes(it.origin().changes()));
        statement.setString(i++, name(it.state()));
        statement.setString(i++, measurements);
        statement.setString(i++, cause == null ? null : name(cause.kind()));
        statement.setString(i++, cause == null ? null : shorten(cause.detail()));
        set(statement, i++, it.duplicateOf());
        statement.setDouble(i++, it.cost());
        statement.setInt(i++, it.work().attempt());
        statement.setString(i++, it.work().worker());
        statement.setLong(i++, it.work().milliseconds());
        statement.setLong(i++, it.work().finishedAt());
        statement.setBoolean(i++, entry.joined());
        statement.setString(i++, entry.left().isEmpty() ? null : numbers(entry.left()));
        statement.setString(i++, Counts.write(it.screened()));
        return set(statement, i, entry.summary());
    }

    static int set(PreparedStatement statement, int index, Summary it) throws SQLException {
        int i = index;
        statement.setLong(i++, it.measured());
        statement.setLong(i++, it.failed());
        statement.setLong(i++, it.rejected());
        statement.setLong(i++, it.duplicates());
        statement.setDouble(i++, it.cost());
        statement.setDouble(i++, it.seconds());
        statement.setLong(i++, it.frontSize());
        set(statement, i++, it.best());
        if (it.bestValue() == null) {
            statement.setNull(i++, Types.DOUBLE);
        } else {
            statement.setDouble(i++, it.bestValue());
        }
        statement.setString(i++, Counts.write(it.tolls().screened()));
        statement.setString(i++, causes(it.tolls().causes()));
        return i;
    }

    private static void set(PreparedStatement statement, int index, @Nullable Long value) throws SQLException {
        if (value == null) {
            statement.setNull(index, Types.BIGINT);
        } else {
            statement.setLong(index, value);
        }
    }

    public static Summary summary(ResultSet row) throws SQLException {
        return new Summary(
                row.getLong("measured"),
                row.getLong("failed"),
                row.getLong("rejected"),
                row.getLong("duplicates"),
                row.getDouble("cost"),
                row.getDouble("seconds"),
                row.getLong("front_size"),
                number(row, "best"),
                row.getObject("best_value", Double.class),
                new Tolls(Counts.read(row.getString("tolls")), causes(row.getString("causes"))));
    }

    private static String causes(Map<Cause.Kind, Long> counts) {
        Map<String, Long> named = new LinkedHashMap<>();
        counts.forEach((kind, count) -> named.put(name(kind), count));
        return Counts.write(named);
    }

    private static Map<Cause.Kind, Long> causes(String text) {
        Map<Cause.Kind, Long> counts = new EnumMap<>(Cause.Kind.class);
        Counts.read(text).forEach((name, count) -> counts.put(Cause.Kind.valueOf(upper(name)), count));
        return counts;
    }

    private static Map<String, Integer> screened(String text) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        Counts.read(text).forEach((stage, count) -> counts.put(stage, Math.toIntExact(count)));
        return counts;
    }

    public static Candidate candidate(ResultSet row, Metrics metrics) throws SQLException {
        String kind = row.getString("cause_kind");
        return new Candidate(
                row.getLong("number"),
                new Key(row.getLong("key_high"), row.getLong("key_low")),
                Genome.parse(row.getString("genome")),
                new Origin(row.getString("operator"), parents(row), changes(row.getString("changes"))),
                CandidateState.valueOf(upper(row.getString("state"))),
                metrics.read(row.getString("measurements")),
                kind == null ? null : new Cause(Cause.Kind.valueOf(upper(kind)), row.getString("cause_detail")),
                number(row, "duplicate_of"),
                row.getDouble("evaluation_cost"),
                screened(row.getString("screened")),
                new Candidate.Work(
                        row.getInt("attempt"),
                        row.getString("worker"),
                        row.getLong("milliseconds"),
                        row.getLong("finished_at")));
    }

    static CandidateDone done(ResultSet row, Metrics metrics) throws SQLException {
        return new CandidateDone(
                row.getLong("sequence"),
                candidate(row, metrics),
                row.getBoolean("joined"),
                numbers(row.getString("left_front")),
                summary(row));
    }

    static StateChanged changed(ResultSet row) throws SQLException {
        return new StateChanged(
                row.getLong("sequence"),
                state(row.getString("state")),
                row.getString("reason"),
                row.getLong("at"),
                summary(row));
    }

    public static SearchState state(String name) {
        return SearchState.valueOf(upper(name));
    }

    /** A constant as it stands in the database. */
    public static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** A text of foreign origin, such as a cause, as far as its column takes it. */
    public static @Nullable String shorten(@Nullable String text) {
        return text == null || text.length() <= MOST_DETAIL ? text : text.substring(0, MOST_DETAIL - 3) + "...";
    }

    private static String upper(String name) {
        return name.toUpperCase(Locale.ROOT);
    }

    private static List<Long> parents(ResultSet row) throws SQLException {
        List<Long> parents = new ArrayList<>(2);
        for (String column : List.of("parent1", "parent2")) {
            Long parent = number(row, column);
            if (parent != null) {
                parents.add(parent);
            }
        }
        return parents;
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        return row.getObject(column, Long.class);
    }

    /** {@code decision:from:to} joined by blanks. */
    private static String changes(List<Origin.Change> changes) {
        StringBuilder text = new StringBuilder();
        for (Origin.Change change : changes) {
            text.append(text.isEmpty() ? "" : " ")
                    .append(change.decision())
                    .append(':')
                    .append(change.from())
                    .append(':')
                    .append(change.to());
        }
        return text.toString();
    }

    private static List<Origin.Change> changes(String text) {
        List<Origin.Change> changes = new ArrayList<>();
        for (String part : text.isEmpty() ? new String[0] : text.split(" ")) {
            String[] numbers = part.split(":");
            changes.add(new Origin.Change(
                    Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]), Integer.parseInt(numbers[2])));
        }
        return changes;
    }

    private static String numbers(List<Long> numbers) {
        return String.join(" ", numbers.stream().map(String::valueOf).toList());
    }

    private static List<Long> numbers(@Nullable String text) {
        List<Long> numbers = new ArrayList<>();
        for (String part : text == null ? new String[0] : text.split(" ")) {
            numbers.add(Long.parseLong(part));
        }
        return numbers;
    }
}
