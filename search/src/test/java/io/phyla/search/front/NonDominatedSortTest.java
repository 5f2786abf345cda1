package io.phyla.search.front;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class NonDominatedSortTest {

    @Property(tries = 300)
    void peelsFrontAfterFront(
            @ForAll long seed,
            @ForAll @IntRange(min = 0, max = 80) int count,
            @ForAll @IntRange(min = 1, max = 4) int objectives) {
        List<double[]> points = ParetoArchiveTest.points(new Random(seed), count, objectives);
        List<Integer> left = new ArrayList<>(IntStream.range(0, count).boxed().toList());
        for (List<Integer> front : NonDominatedSort.fronts(points)) {
            List<Integer> undominated = left.stream()
                    .filter(i -> left.stream().noneMatch(j -> dominates(points.get(j), points.get(i))))
                    .toList();
            assertThat(front).isEqualTo(undominated).isNotEmpty();
            left.removeAll(front);
        }
        assertThat(left).isEmpty();
    }

    private static boolean dominates(double[] a, double[] b) {
        return IntStream.range(0, a.length).allMatch(i -> a[i] >= b[i])
                && IntStream.range(0, a.length).anyMatch(i -> a[i] > b[i]);
    }
}
