package io.phyla.spaces;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Which decisions exist under which options. Conditions make decisions a forest (each hangs under at most one earlier
 * decision), so active combinations are counted exactly and drawn uniformly by weighing each option with the number of
 * combinations below it.
 */
public final class DecisionTree {

    private final List<Decision> decisions;
    private final int[] parent;
    private final List<List<Integer>> children;
    private final BigInteger[][] weights;
    private final BigInteger size;

    /** @throws IllegalArgumentException if a name stands twice or a condition names no earlier decision or option */
    public DecisionTree(List<Decision> decisions) {
        this.decisions = List.copyOf(decisions);
        int n = decisions.size();
        parent = new int[n];
        children = new ArrayList<>(n);
        Map<String, Integer> index = new HashMap<>();
        for (int i = 0; i < n; i++) {
            Decision decision = decisions.get(i);
            children.add(new ArrayList<>());
            parent[i] = -1;
            if (decision.when() != null) {
                parent[i] = parentOf(decision, decision.when(), index);
                children.get(parent[i]).add(i);
            }
            if (index.put(decision.name(), i) != null) {
                throw new IllegalArgumentException("two decisions are named '" + decision.name() + "'");
            }
        }
        weights = new BigInteger[n][];
        BigInteger total = BigInteger.ONE;
        for (int i = n - 1; i >= 0; i--) {
            weights[i] = weigh(i);
            if (parent[i] < 0) {
                total = total.multiply(sum(weights[i]));
            }
        }
        size = total;
    }

    private int parentOf(Decision decision, Decision.When when, Map<String, Integer> index) {
        Integer found = index.get(when.decision());
        if (found == null) {
            throw new IllegalArgumentException("decision '" + decision.name() + "' depends on '" + when.decision()
                    + "', which is no earlier decision");
        }
        int count = decisions.get(found).options().size();
        for (int option : when.options()) {
            if (option < 0 || option >= count) {
                throw new IllegalArgumentException("decision '" + decision.name() + "' depends on option " + option
                        + " of '" + when.decision() + "', which has " + count);
            }
        }
        return found;
    }

    private BigInteger[] weigh(int decision) {
        BigInteger[] result = new BigInteger[decisions.get(decision).options().size()];
        for (int option = 0; option < result.length; option++) {
            result[option] = BigInteger.ONE;
            for (int child : children.get(decision)) {
                if (existsUnder(child, option)) {
                    result[option] = result[option].multiply(sum(weights[child]));
                }
            }
        }
        return result;
    }

    private boolean existsUnder(int child, int option) {
        Decision.When when = decisions.get(child).when();
        return when != null && when.options().contains(option);
    }

    private static BigInteger sum(BigInteger[] values) {
        BigInteger total = BigInteger.ZERO;
        for (BigInteger value : values) {
            total = total.add(value);
        }
        return total;
    }

    /** Number of different active combinations. */
    public BigInteger size() {
        return size;
    }

    /** Which decisions exist under the genome's options. */
    public boolean[] active(Genome genome) {
        check(genome);
        boolean[] active = new boolean[decisions.size()];
        for (int i = 0; i < active.length; i++) {
            active[i] = parent[i] < 0 || active[parent[i]] && existsUnder(i, genome.option(parent[i]));
        }
        return active;
    }

    /** The genome with inactive decisions at 0. */
    public Genome canonical(Genome genome) {
        boolean[] active = active(genome);
        int[] options = genome.toArray();
        for (int i = 0; i < options.length; i++) {
            options[i] = active[i] ? options[i] : 0;
        }
        return Genome.of(options);
    }

    /** Draws uniformly among the active combinations. */
    public Genome sample(RandomGenerator random) {
        int[] options = new int[decisions.size()];
        boolean[] active = new boolean[options.length];
        for (int i = 0; i < options.length; i++) {
            active[i] = parent[i] < 0 || active[parent[i]] && existsUnder(i, options[parent[i]]);
            options[i] = active[i] ? draw(weights[i], random) : 0;
        }
        return Genome.of(options);
    }

    private static int draw(BigInteger[] weights, RandomGenerator random) {
        BigInteger total = sum(weights);
        BigInteger ticket;
        do {
            ticket = randomBits(total.bitLength(), random);
        } while (ticket.compareTo(total) >= 0);
        int option = 0;
        while (ticket.compareTo(weights[option]) >= 0) {
            ticket = ticket.subtract(weights[option++]);
        }
        return option;
    }

    private static BigInteger randomBits(int bits, RandomGenerator random) {
        byte[] bytes = new byte[(bits + 7) / 8];
        random.nextBytes(bytes);
        return new BigInteger(1, bytes).shiftRight(bytes.length * 8 - bits);
    }

    /** @throws IllegalArgumentException naming the first decision that does not fit */
    public void check(Genome genome) {
        if (genome.size() != decisions.size()) {
            throw new IllegalArgumentException(
                    "the genome has " + genome.size() + " options, the space " + decisions.size() + " decisions");
        }
        for (int i = 0; i < decisions.size(); i++) {
            int count = decisions.get(i).options().size();
            if (genome.option(i) < 0 || genome.option(i) >= count) {
                throw new IllegalArgumentException("decision '"
                        + decisions.get(i).name() + "' has options 0 to " + (count - 1) + ", not " + genome.option(i));
            }
        }
    }
}
