package io.phyla.search.run;

import io.phyla.search.candidate.Origin;
import io.phyla.search.document.CheapMetrics;
import io.phyla.search.document.SearchDocument.Constraint;
import io.phyla.search.document.SearchSetup;
import io.phyla.search.document.Violation;
import io.phyla.search.lineage.Differences;
import io.phyla.search.lineage.Repair;
import io.phyla.search.strategy.Strategy.Proposal;
import io.phyla.spaces.Genome;
import io.phyla.spaces.SearchSpace;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Sees to it that proposals stand for designs and meet the constraints on cheap metrics. */
final class Feasibility {

    private final SearchSpace space;
    private final List<Constraint> constraints;
    private final CheapMetrics cheap;
    private final Repair repair;

    Feasibility(SearchSetup setup) {
        space = setup.space();
        constraints = setup.constraints();
        cheap = setup.cheap();
        repair = new Repair(setup.space(), this::violation);
    }

    /** The proposal, repaired if need be; empty if repair gave up. */
    Optional<Proposal> make(Proposal proposal, RandomGenerator random) {
        if (constraints.isEmpty() && space.total() || violation(proposal.genome()) == 0) {
            return Optional.of(proposal);
        }
        return repair.repair(proposal.genome(), random)
                .map(repaired -> new Proposal(repaired, origin(proposal, repaired)));
    }

    private static Origin origin(Proposal proposal, Genome repaired) {
        Origin origin = proposal.origin();
        String operator = origin.operator() + "+repair";
        if (origin.parents().isEmpty()) {
            return new Origin(operator, List.of(), List.of());
        }
        Genome parent = proposal.genome();
        for (Origin.Change change : origin.changes()) {
            parent = parent.with(change.decision(), change.from());
        }
        return new Origin(operator, origin.parents(), Differences.between(parent, repaired));
    }

    /** How far outside the bounds, each excess relative to its bound, summed; infinite where nothing is known. */
    private double violation(Genome genome) {
        if (constraints.isEmpty()) {
            return fault(genome) == null ? 0 : Double.POSITIVE_INFINITY;
        }
        return Violation.of(constraints, cheap.of(genome));
    }

    /** Why the genome stands for nothing; null if it stands for a design. */
    private @Nullable String fault(Genome genome) {
        try {
            space.decode(genome);
            return null;
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }

    String describe(Genome genome) {
        String fault = space.total() ? null : fault(genome);
        if (fault != null) {
            return "repair found no design near: " + fault;
        }
        Map<String, Double> values = cheap.of(genome);
        StringBuilder text = new StringBuilder("repair found no design within the constraints near");
        constraints.forEach(each -> text.append(' ')
                .append(each.metric())
                .append(' ')
                .append(values.getOrDefault(each.metric(), Double.NaN)));
        return text.toString();
    }
}
