package io.phyla.evaluators.training;

import io.phyla.evaluators.engine.SplitMix;
import io.phyla.search.metric.EvaluationException;
import io.phyla.spaces.Genome;
import io.phyla.spaces.SearchSpace;
import io.phyla.spaces.design.Design;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Network;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Successive halving (Jamieson and Talwalkar, AISTATS 2016) without waiting for other candidates: in the original the best part of
 * those that happen to be trained together goes on, so that a result would depend on the order in which they arrive. Here a
 * random sample of the space goes through the halving alone, from its own seed. The accuracy of the worst that goes on at a
 * budget is frozen as what a candidate needs there; a candidate's result is a function of its design, its seed and the
 * parameters.
 */
final class ReferenceSample {

    private final SearchSpace space;
    private final TrainParameters parameters;
    private final Tries tries;

    /** Trains a network to a step and tells its accuracy. */
    @FunctionalInterface
    interface Tries {
        double accuracy(Network network, long seed, long steps);
    }

    private record Member(Network network, long seed) {}

    private record Tried(Member member, double accuracy) {}

    ReferenceSample(SearchSpace space, TrainParameters parameters, Tries tries) {
        this.space = space;
        this.parameters = parameters;
        this.tries = tries;
    }

    List<Rung> rungs() {
        List<Rung> rungs = new ArrayList<>();
        List<Member> left = members();
        for (long steps : parameters.rungs()) {
            List<Tried> tried = left.stream()
                    .map(member -> new Tried(member, accuracy(member, steps)))
                    .sorted(Comparator.comparingDouble(Tried::accuracy).reversed())
                    .toList();
            List<Tried> best = tried.subList(0, Math.ceilDiv(tried.size(), parameters.reduction()));
            rungs.add(new Rung(steps, best.getLast().accuracy()));
            left = best.stream().map(Tried::member).toList();
        }
        return List.copyOf(rungs);
    }

    private List<Member> members() {
        SplitMix seeds = new SplitMix(parameters.referenceSeed());
        RandomGenerator random = new SplitMix(seeds.nextLong())::nextLong;
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < parameters.referenceDesigns(); i++) {
            Genome genome = space.sample(random);
            Design design = space.decode(genome);
            switch (design) {
                case Network network -> members.add(new Member(network, seeds.nextLong()));
                case LayerProgram _ -> throw new IllegalArgumentException("a layer alone is not trained");
            }
        }
        return members;
    }

    /** What cannot be trained is no standard for others. */
    private double accuracy(Member member, long steps) {
        try {
            return tries.accuracy(member.network(), member.seed(), steps);
        } catch (EvaluationException e) {
            return 0;
        }
    }
}
