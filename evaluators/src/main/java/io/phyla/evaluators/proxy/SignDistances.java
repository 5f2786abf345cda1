package io.phyla.evaluators.proxy;

import io.phyla.evaluators.engine.Execution;
import java.util.Arrays;

/** Hamming distances between the sign patterns of a batch's samples, summed over nodes. */
final class SignDistances {

    private final long[][] distances;
    private final long[][] words;
    private final int[] counts;

    SignDistances(int batch) {
        this.distances = new long[batch][batch];
        this.words = new long[batch][0];
        this.counts = new int[batch];
    }

    /** Adds the distances at one node; node by node, for a node's patterns fit a processor's cache. */
    void add(Execution execution, int node) {
        Arrays.fill(counts, 0);
        execution.signs(node, this::append);
        for (int i = 1; i < distances.length; i++) {
            for (int j = 0; j < i; j++) {
                distances[i][j] += hamming(words[i], words[j], counts[i]);
            }
        }
    }

    long between(int i, int j) {
        return distances[Math.max(i, j)][Math.min(i, j)];
    }

    private void append(int sample, long[] source, int count) {
        int end = counts[sample] + count;
        if (words[sample].length < end) {
            words[sample] = Arrays.copyOf(words[sample], Math.max(end, 2 * words[sample].length));
        }
        System.arraycopy(source, 0, words[sample], counts[sample], count);
        counts[sample] = end;
    }

    private static long hamming(long[] a, long[] b, int count) {
        long distance = 0;
        for (int i = 0; i < count; i++) {
            distance += Long.bitCount(a[i] ^ b[i]);
        }
        return distance;
    }
}
