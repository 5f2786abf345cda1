package io.phyla.search.run;

import io.phyla.search.candidate.Candidate;
import io.phyla.search.candidate.CandidateState;
import io.phyla.search.document.SearchSetup.Objective;
import io.phyla.search.port.Journal.Entry.CandidateDone;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The candidates that are evaluated again. Objectives of one unit, such as accuracies of several networks, are told apart by
 * the mean of their gains, as EvoNorm's are (Liu et al., 2020, section 4). Where units differ a mean says nothing: the front
 * comes first, because for everyone else there is a better one, and the first objective decides within it. Of equals the
 * earliest is first; the order of arrival does not matter.
 */
final class Finalists {

    private record Ranked(Candidate candidate, double score) {}

    private static final Comparator<Ranked> ORDER = Comparator.comparingDouble(Ranked::score)
            .reversed()
            .thenComparingLong(each -> each.candidate().number());

    private final int most;
    private final boolean alike;
    private final TreeSet<Ranked> best = new TreeSet<>(ORDER);
    private final Map<Long, Ranked> front = new HashMap<>();

    Finalists(int most, List<Objective> objectives) {
        this.most = most;
        Objective first = objectives.getFirst();
        alike = objectives.size() == 1
                || !first.unit().isEmpty()
                        && objectives.stream()
                                .allMatch(each ->
                                        each.unit().equals(first.unit()) && each.direction() == first.direction());
    }

    void add(CandidateDone done, double[] gains) {
        if (most == 0 || done.candidate().state() != CandidateState.MEASURED) {
            return;
        }
        double score = alike ? Arrays.stream(gains).average().orElseThrow() : gains[0];
        Ranked ranked = new Ranked(done.candidate(), score);
        best.add(ranked);
        if (best.size() > most) {
            best.pollLast();
        }
        if (!alike) {
            done.left().forEach(front::remove);
            if (done.joined()) {
                front.put(done.candidate().number(), ranked);
            }
        }
    }

    /** Best first. */
    List<Candidate> best() {
        return Stream.concat(front.values().stream().sorted(ORDER), best.stream())
                .map(Ranked::candidate)
                .distinct()
                .limit(most)
                .toList();
    }
}
