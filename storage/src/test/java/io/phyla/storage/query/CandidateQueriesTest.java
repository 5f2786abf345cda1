package io.phyla.storage.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phyla.search.candidate.Candidate;
import io.phyla.search.candidate.CandidateState;
import io.phyla.search.port.Journal.Entry.CandidateDone;
import io.phyla.storage.database.Database;
import io.phyla.storage.journal.H2Journal;
import io.phyla.storage.journal.Samples;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every list against the same list made by brute force from what was appended. */
class CandidateQueriesTest {

    private static final String SEARCH = "a";

    @TempDir
    static Path directory;

    private static final Map<Long, Candidate> ALL = new HashMap<>();
    private static final Set<Long> FRONT = new TreeSet<>();
    private static Database database;
    private static H2Journal journal;
    private static CandidateQueries queries;

    @BeforeAll
    static void fill() {
        database = Database.open(directory);
        journal = new H2Journal(database);
        for (String search : List.of("before", SEARCH, "behind")) {
            journal.create(Samples.header(search));
            var entries = Samples.entries(1200, search.length());
            journal.append(search, entries).toCompletableFuture().join();
            if (search.equals(SEARCH)) {
                for (var entry : entries) {
                    if (entry instanceof CandidateDone done) {
                        ALL.put(done.candidate().number(), done.candidate());
                        done.left().forEach(FRONT::remove);
                        if (done.joined()) {
                            FRONT.add(done.candidate().number());
                        }
                    }
                }
            }
        }
        queries = new CandidateQueries(database);
    }

    @AfterAll
    static void close() {
        journal.close();
        database.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"number", "-number", "naswot", "-naswot", "depth", "-depth"})
    void listsInOrderWhateverTheStateAndTheSizeOfThePages(String sort) {
        SplittableRandom random = new SplittableRandom(sort.hashCode());
        CandidateOrder order = CandidateOrder.parse(sort);
        List<CandidateState> states = new ArrayList<>(List.of(CandidateState.values()));
        states.add(null);
        for (CandidateState state : states) {
            List<Long> expected = ALL.values().stream()
                    .filter(each -> state == null || each.state() == state)
                    .filter(each ->
                            order.metric() == null || each.measurements().containsKey(order.metric()))
                    .sorted(comparator(order))
                    .map(Candidate::number)
                    .toList();
            for (int pages = 0; pages < 2; pages++) {
                assertThat(walk(cursor -> queries.list(SEARCH, order, state, cursor, 1 + random.nextInt(90))))
                        .as("%s, %s", sort, state)
                        .isEqualTo(expected);
            }
        }
    }

    private static Comparator<Candidate> comparator(CandidateOrder order) {
        Comparator<Candidate> number = Comparator.comparingLong(Candidate::number);
        Comparator<Candidate> up = order.metric() == null
                ? number
                : Comparator.comparingDouble((Candidate each) -> each.value(order.metric()))
                        .thenComparing(number);
        return order.descending() ? up.reversed() : up;
    }

    /** All pages; each candidate must be as it was appended. */
    private static List<Long> walk(Function<String, Page<StoredCandidate>> pages) {
        List<Long> numbers = new ArrayList<>();
        String cursor = null;
        do {
            Page<StoredCandidate> page = pages.apply(cursor);
            for (StoredCandidate each : page.items()) {
                long number = each.candidate().number();
                assertThat(each).isEqualTo(new StoredCandidate(ALL.get(number), FRONT.contains(number)));
                numbers.add(number);
            }
            cursor = page.next().orElse(null);
        } while (cursor != null);
        return numbers;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 500})
    void frontIsWhatJoinedAndDidNotLeave(int limit) {
        assertThat(walk(cursor -> queries.front(SEARCH, cursor, limit))).isEqualTo(List.copyOf(FRONT));
    }

    @Test
    void childrenNameTheCandidateAsAParent() {
        for (long parent = 0; parent < 60; parent++) {
            long number = parent;
            List<Long> expected = ALL.values().stream()
                    .filter(each -> each.origin().parents().contains(number))
                    .map(Candidate::number)
                    .sorted()
                    .toList();
            assertThat(walk(cursor -> queries.children(SEARCH, number, cursor, 2)))
                    .isEqualTo(expected);
        }
    }

    @Test
    void ancestorsComeNearestFirstAndSayWhetherThereAreMore() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 40; i++) {
            long number = random.nextLong(ALL.size());
            int depth = 1 + random.nextInt(6);
            int limit = 1 + random.nextInt(40);
            Set<Long> expected = new LinkedHashSet<>();
            boolean more = expect(number, depth, limit, expected);
            CandidateQueries.Ancestors found = queries.ancestors(SEARCH, number, depth, limit);
            assertThat(found.items())
                    .as("of %d, %d generations, at most %d", number, depth, limit)
                    .extracting(each -> each.candidate().number())
                    .containsExactlyElementsOf(expected);
            assertThat(found.truncated()).isEqualTo(more);
        }
    }

    /** Whether there are more. */
    private static boolean expect(long number, int depth, int limit, Set<Long> into) {
        Set<Long> generation = Set.of(number);
        Set<Long> seen = new HashSet<>(generation);
        for (int level = 0; ; level++) {
            Set<Long> next = new LinkedHashSet<>();
            generation.forEach(each -> next.addAll(ALL.get(each).origin().parents()));
            next.removeAll(seen);
            if (next.isEmpty() || level == depth) {
                return !next.isEmpty();
            }
            for (long each : next) {
                if (into.size() == limit) {
                    return true;
                }
                into.add(each);
            }
            seen.addAll(next);
            generation = next;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 13, 5000})
    void pointsAreTheMeasuredOnes(int limit) {
        List<CandidateQueries.Point> expected = ALL.values().stream()
                .filter(each -> each.state() == CandidateState.MEASURED)
                .sorted(Comparator.comparingLong(Candidate::number))
                .map(each -> new CandidateQueries.Point(each.number(), each.value("params"), each.value("naswot")))
                .toList();
        List<CandidateQueries.Point> found = new ArrayList<>();
        Long after = -1L;
        while (after != null) {
            CandidateQueries.Points page = queries.points(SEARCH, "params", "naswot", after, limit);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
            found.addAll(page.items());
            after = page.next();
        }
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void findsNothingWhereThereIsNothing() {
        assertThat(queries.find(SEARCH, ALL.size())).isEmpty();
        assertThat(queries.find("none", 0)).isEmpty();
        assertThat(queries.list(SEARCH, new CandidateOrder("never_measured", true), null, null, 10)
                        .items())
                .isEmpty();
        assertThat(queries.points(SEARCH, "params", "never_measured", -1, 10).items())
                .isEmpty();
        assertThatThrownBy(() -> queries.front(SEARCH, "MXwyfDM", 10)).isInstanceOf(Cursor.Invalid.class);
    }
}
