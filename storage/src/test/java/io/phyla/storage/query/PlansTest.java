package io.phyla.storage.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.search.candidate.CandidateState;
import io.phyla.search.progress.SearchState;
import io.phyla.search.training.TrainingState;
import io.phyla.storage.database.Database;
import io.phyla.storage.database.Sql;
import io.phyla.storage.journal.H2Journal;
import io.phyla.storage.journal.Samples;
import io.phyla.storage.training.H2TrainingJournal;
import io.phyla.storage.training.TrainingQueries;
import io.phyla.storage.training.TrainingSamples;
import io.phyla.storage.upload.Upload;
import io.phyla.storage.upload.Upload.Kind;
import io.phyla.storage.upload.Uploads;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No query grows with the number of candidates or with a curve: the database itself lists what was asked and how it goes about it. A
 * table is either looked up by a key, or walked along an index in the order asked for until the page is full.
 */
class PlansTest {

    private static final Pattern ACCESS = Pattern.compile("/\\* public\\.(\\w+)(?:: (.*?))?\\s*\\*/", Pattern.DOTALL);

    @TempDir
    Path directory;

    @Test
    void everyQueryIsALookUpOrAWalkAlongAnIndex() {
        try (Database database = Database.open(directory);
                H2Journal journal = new H2Journal(database)) {
            Sql sql = new Sql(database);
            journal.create(Samples.header("a"));
            journal.append("a", Samples.entries(3000, 1)).toCompletableFuture().join();
            sql.connected(connection -> {
                Sql.update(connection, "set query_statistics true");
                Sql.update(connection, "set query_statistics_max_entries 500");
                return null;
            });
            H2TrainingJournal trainings = new H2TrainingJournal(database, journal);
            trainings.create(TrainingSamples.header("t", 1));
            trainings
                    .append("t", TrainingSamples.entries(3000, TrainingState.FINISHED, "w"))
                    .toCompletableFuture()
                    .join();
            ask(database, journal);
            ask(new TrainingQueries(database), trainings);
            Uploads uploads = new Uploads(database, journal);
            for (int i = 0; i < 500; i++) {
                uploads.add(new Upload(Kind.MODEL, "u" + i, "u", 1, i, "{}", Set.of("u" + i, "w" + i)));
            }
            ask(uploads);
            List<String> asked = sql.connected(connection -> Sql.select(
                    connection,
                    "select sql_statement from information_schema.query_statistics "
                            + "where lower(sql_statement) like 'select%'",
                    row -> row.getString(1)));
            assertThat(asked).hasSizeGreaterThan(20);
            for (String each : asked) {
                String plan =
                        sql.connected(connection -> Sql.select(connection, "explain " + each, row -> row.getString(1))
                                .getFirst());
                assertThat(bounded(plan)).as(plan).isTrue();
            }
        }
    }

    private static void ask(Database database, H2Journal journal) {
        CandidateQueries candidates = new CandidateQueries(database);
        SearchQueries searches = new SearchQueries(database);
        for (String sort : List.of("number", "-number", "naswot", "-depth")) {
            for (CandidateState state : new CandidateState[] {null, CandidateState.MEASURED, CandidateState.FAILED}) {
                CandidateOrder order = CandidateOrder.parse(sort);
                String next = candidates.list("a", order, state, null, 5).next().orElseThrow();
                candidates.list("a", order, state, next, 5);
            }
        }
        candidates.find("a", 7);
        candidates.front("a", null, 5);
        candidates.children("a", 7, null, 5);
        candidates.ancestors("a", 2000, 3, 5);
        candidates.points("a", "params", "naswot", -1, 5);
        searches.find("a");
        searches.finals("a");
        searches.entries("a", 100, 5);
        searches.list(null, null, 5);
        searches.list(SearchState.PAUSED, null, 5);
        journal.snapshot("a");
        new Idempotency(database, journal).find("k");
    }

    private static void ask(TrainingQueries queries, H2TrainingJournal trainings) {
        queries.find("t");
        queries.network("t");
        queries.list(null, null, 5);
        queries.list(TrainingState.FINISHED, null, 5);
        queries.curve("t", 100, 5);
        queries.entries("t", 100, 5);
        trainings.standing("t");
        trainings.uses("w");
    }

    private static void ask(Uploads uploads) {
        uploads.find(Kind.MODEL, "u7");
        uploads.list(Kind.MODEL, uploads.list(Kind.MODEL, null, 5).next().orElseThrow(), 5);
        uploads.othersUse(uploads.find(Kind.MODEL, "u7").orElseThrow(), "w9");
        uploads.user("w9");
    }

    private static boolean bounded(String plan) {
        boolean walk = plan.contains("/* index sorted */") && plan.contains("FETCH FIRST");
        Matcher access = ACCESS.matcher(plan);
        boolean bounded = access.find();
        for (boolean more = bounded; more; more = access.find()) {
            String conditions = access.group(2) == null ? "" : access.group(2);
            boolean scan = access.group(1).endsWith("tableScan") || conditions.matches("([st]id = \\?\\d+)?");
            bounded &= walk || !scan;
        }
        return bounded;
    }
}
