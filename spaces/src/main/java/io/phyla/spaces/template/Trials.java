package io.phyla.spaces.template;

import io.phyla.spaces.Decision;
import io.phyla.spaces.Genome;
import io.phyla.spaces.schema.Problem;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Whether the networks of a space can be built: all are where there are few, else every option of every decision from several
 * starting points, and samples. Work is bounded by the layers built, so that the answer does not depend on the machine.
 */
final class Trials {

    static final long MOST_WORK = 500_000;

    private static final int STARTS = 3;
    private static final int SAMPLES = 300;
    private static final int MOST_FAULTS = 20;
    private static final int MOST_NAMED = 6;

    private final TemplateSpace space;
    private final List<Decision> decisions;
    private final Map<String, Failure> failures = new LinkedHashMap<>();
    private final long most;
    private @Nullable Genome sound;
    private long work;

    private record Failure(Genome genome, BuildFault fault) {}

    /** @param most layers that may be built */
    Trials(TemplateSpace space, long most) {
        this.space = space;
        this.most = most;
        this.decisions = space.decisions();
    }

    List<Problem> check() {
        Genome first = Genome.of(new int[decisions.size()]);
        attempt(first);
        long perDesign = Math.max(1, work);
        if (space.size().compareTo(BigInteger.valueOf(most / perDesign)) <= 0) {
            enumerate(new int[decisions.size()], 0);
        } else {
            explore(first);
        }
        work = 0;
        return failures.values().stream().map(this::describe).toList();
    }

    private void explore(Genome first) {
        SplittableRandom random = new SplittableRandom(1);
        List<Genome> starts = new ArrayList<>(List.of(first, last()));
        for (int i = 0; i < STARTS; i++) {
            starts.add(space.sample(random));
        }
        for (int i = 0; i < SAMPLES && work < most / 2; i++) {
            attempt(space.sample(random));
        }
        for (Genome start : starts) {
            for (int decision = 0; decision < decisions.size(); decision++) {
                int count = decisions.get(decision).options().size();
                for (int option = 0; option < count && work < most; option++) {
                    attempt(start.with(decision, option));
                }
            }
        }
    }

    private Genome last() {
        return Genome.of(
                decisions.stream().mapToInt(each -> each.options().size() - 1).toArray());
    }

    /** Decisions that do not exist stay at 0, so that every design comes once. */
    private void enumerate(int[] options, int decision) {
        if (decision == options.length) {
            attempt(Genome.of(options));
            return;
        }
        boolean active = space.tree().active(Genome.of(options))[decision];
        int count = active ? decisions.get(decision).options().size() : 1;
        for (int option = 0; option < count; option++) {
            options[decision] = option;
            enumerate(options, decision + 1);
        }
        options[decision] = 0;
    }

    private void attempt(Genome genome) {
        BuildFault fault = fault(genome);
        if (fault == null) {
            sound = sound == null ? genome : sound;
        } else if (failures.size() < MOST_FAULTS) {
            failures.putIfAbsent(fault.pointer(), new Failure(genome, fault));
        }
    }

    private @Nullable BuildFault fault(Genome genome) {
        work += genome.size();
        try {
            work += space.decode(genome).nodes().size();
            return null;
        } catch (BuildFault e) {
            work += e.layers();
            return e;
        }
    }

    private Problem describe(Failure failure) {
        String pointer = failure.fault().pointer();
        if (sound == null) {
            return new Problem(pointer, failure.fault().getMessage() + ", under all options that were tried");
        }
        Genome reduced = reduce(failure.genome(), pointer, sound);
        BuildFault fault = fault(reduced);
        boolean[] active = space.tree().active(reduced);
        List<String> named = new ArrayList<>();
        for (int i = 0; i < active.length; i++) {
            if (active[i] && reduced.option(i) != sound.option(i)) {
                named.add(decisions.get(i).name() + " is "
                        + decisions.get(i).options().get(reduced.option(i)));
            }
        }
        String options = named.size() <= MOST_NAMED
                ? String.join(" and ", named)
                : String.join(" and ", named.subList(0, MOST_NAMED)) + " and " + (named.size() - MOST_NAMED) + " more";
        return new Problem(pointer, (fault == null ? failure.fault() : fault).getMessage() + ", when " + options);
    }

    /** Takes every option back that does not matter for the fault. */
    private Genome reduce(Genome genome, String pointer, Genome towards) {
        Genome reduced = genome;
        for (int decision = 0; decision < decisions.size() && work < most; decision++) {
            if (reduced.option(decision) != towards.option(decision)) {
                Genome next = reduced.with(decision, towards.option(decision));
                BuildFault fault = fault(next);
                reduced = fault != null && fault.pointer().equals(pointer) ? next : reduced;
            }
        }
        return reduced;
    }
}
