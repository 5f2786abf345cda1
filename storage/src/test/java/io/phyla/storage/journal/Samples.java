package io.phyla.storage.journal;

import io.phyla.search.candidate.Candidate;
import io.phyla.search.candidate.CandidateState;
import io.phyla.search.candidate.Cause;
import io.phyla.search.candidate.FinalEvaluation;
import io.phyla.search.candidate.Origin;
import io.phyla.search.candidate.Subject;
import io.phyla.search.port.Journal;
import io.phyla.search.port.Journal.Entry;
import io.phyla.search.progress.SearchState;
import io.phyla.search.progress.Summary;
import io.phyla.search.progress.Tolls;
import io.phyla.spaces.Genome;
import io.phyla.spaces.Key;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Entries of every kind, drawn at random. */
public final class Samples {

    private static final List<String> METRICS = List.of("params", "macs", "naswot", "synflow", "jacob_cov");

    /** A metric of few values, shared by many candidates. */
    public static final String DEPTH = "depth";

    private Samples() {}

    public static Journal.Header header(String id) {
        return new Journal.Header(id, "search é漢 " + id, "{\"seed\":1}", 1_700_000_000_000L + id.hashCode() % 1000);
    }

    /** So many entries; candidate numbers come out of order, as workers finish. */
    public static List<Entry> entries(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Long> numbers = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            numbers.add((int) (i * random.nextDouble(0.9, 1.0)), i);
        }
        List<Entry> entries = new ArrayList<>();
        List<Long> front = new ArrayList<>();
        long sequence = 0;
        for (long number : numbers) {
            if (random.nextInt(20) == 0) {
                SearchState state = random.nextBoolean() ? SearchState.PAUSED : SearchState.RUNNING;
                String reason = random.nextBoolean() ? null : "reason \"ü\"";
                entries.add(new Entry.StateChanged(++sequence, state, reason, number, summary(random)));
            }
            boolean joined = random.nextInt(4) == 0;
            List<Long> left = new ArrayList<>();
            for (int i = joined ? random.nextInt(3) : 0; i > 0 && !front.isEmpty(); i--) {
                left.add(front.remove(random.nextInt(front.size())));
            }
            if (joined) {
                front.add(number);
            }
            entries.add(new Entry.CandidateDone(++sequence, candidate(number, random), joined, left, summary(random)));
        }
        return entries;
    }

    public static Candidate candidate(long number, SplittableRandom random) {
        CandidateState state = CandidateState.values()[random.nextInt(4)];
        Map<String, Double> measurements = new TreeMap<>();
        if (state == CandidateState.MEASURED || state == CandidateState.FAILED) {
            METRICS.forEach(metric -> measurements.put(metric, random.nextDouble(-1e12, 1e12)));
            measurements.put(DEPTH, (double) random.nextInt(4));
        }
        List<Long> parents = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0 && number > 0; i--) {
            parents.add(random.nextLong(number));
        }
        List<Origin.Change> changes =
                parents.isEmpty() ? List.of() : List.of(new Origin.Change(0, 1, 2), new Origin.Change(700, 0, 31));
        boolean caused = state == CandidateState.FAILED || state == CandidateState.REJECTED;
        return new Candidate(
                number,
                new Key(random.nextLong(), random.nextLong()),
                Genome.of(random.nextInt(5), random.nextInt(1000), 0),
                new Origin(parents.isEmpty() ? "random" : "crossover+mutation", parents, changes),
                state,
                measurements,
                caused ? new Cause(Cause.Kind.values()[random.nextInt(6)], "layer 'a\nb' – ünïcode 漢 '' \" \\") : null,
                state == CandidateState.DUPLICATE ? random.nextLong(Long.MAX_VALUE) : null,
                random.nextDouble(),
                random.nextBoolean() ? Map.of() : Map.of("structure", 1 + random.nextInt(10_000)),
                new Candidate.Work(random.nextInt(4), "worker-1", random.nextInt(100000), random.nextLong(1L << 50)));
    }

    /** A last phase after these entries: begun, so many evaluations, ended. */
    public static List<Entry> finish(List<Entry> before, int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Summary summary = before.getLast().summary();
        long sequence = before.getLast().sequence();
        List<Entry> entries = new ArrayList<>();
        entries.add(new Entry.StateChanged(++sequence, SearchState.FINISHING, "evaluations", 7, summary));
        for (int i = 0; i < count; i++) {
            Subject subject = i % 3 == 2 ? Subject.yardstick("bn_relu") : Subject.candidate(i % 3);
            boolean failed = random.nextInt(4) == 0;
            FinalEvaluation evaluation = new FinalEvaluation(
                    subject,
                    i % 3,
                    i / 3,
                    random.nextLong(),
                    failed ? Map.of() : Map.of("naswot", random.nextDouble(), "accuracy_plain", random.nextDouble()),
                    failed ? new Cause(Cause.Kind.UNSTABLE, "grew at step 7") : null,
                    random.nextInt(9),
                    new Candidate.Work(1, "worker-1", random.nextInt(1000), random.nextLong(1L << 50)));
            entries.add(new Entry.FinalDone(++sequence, evaluation, i + 1, count, summary));
        }
        entries.add(new Entry.StateChanged(++sequence, SearchState.FINISHED, "evaluations", 9, summary));
        return entries;
    }

    private static Summary summary(SplittableRandom random) {
        boolean empty = random.nextInt(5) == 0;
        return new Summary(
                random.nextLong(1L << 40),
                random.nextInt(100),
                random.nextInt(100),
                random.nextInt(100),
                random.nextDouble(),
                random.nextDouble(),
                random.nextInt(50),
                empty ? null : random.nextLong(1L << 40),
                empty ? null : random.nextDouble(-1e300, 1e300),
                empty ? Tolls.NONE : tolls(random));
    }

    private static Tolls tolls(SplittableRandom random) {
        Map<String, Long> screened = new LinkedHashMap<>();
        screened.put("structure", random.nextLong(1L << 40));
        screened.put("constant", 0L);
        return new Tolls(screened, Map.of(Cause.Kind.UNSTABLE, 1L + random.nextInt(9), Cause.Kind.INFEASIBLE, 2L));
    }
}
