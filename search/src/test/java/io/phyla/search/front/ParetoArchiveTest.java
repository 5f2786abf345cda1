package io.phyla.search.front;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ParetoArchiveTest {

    /** Few values, so that ties and equal points are many. */
    static List<double[]> points(Random random, int count, int objectives) {
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double[] point = new double[objectives];
            Arrays.setAll(point, _ -> random.nextInt(6));
            points.add(point);
        }
        return points;
    }

    /** Straight from the definition, for a front where the first of equal points stands for all. */
    static boolean belongs(List<double[]> points, int candidate) {
        for (int other = 0; other < points.size(); other++) {
            double[] a = points.get(other);
            double[] b = points.get(candidate);
            boolean noWorse = IntStream.range(0, a.length).allMatch(i -> a[i] >= b[i]);
            boolean better = IntStream.range(0, a.length).anyMatch(i -> a[i] > b[i]);
            if (noWorse && (better || other < candidate)) {
                return false;
            }
        }
        return true;
    }

    @Property(tries = 300)
    void isTheFrontInWhateverOrderPointsArrive(
            @ForAll long seed,
            @ForAll @IntRange(min = 0, max = 60) int count,
            @ForAll @IntRange(min = 1, max = 4) int objectives) {
        Random random = new Random(seed);
        List<double[]> points = points(random, count, objectives);
        List<Integer> order = new ArrayList<>(IntStream.range(0, count).boxed().toList());
        Collections.shuffle(order, random);
        ParetoArchive archive = new ParetoArchive();
        TreeSet<Long> told = new TreeSet<>();
        for (int number : order) {
            ParetoArchive.Change change = archive.add(number, points.get(number));
            assertThat(told).containsAll(change.left());
            change.left().forEach(told::remove);
            if (change.joined()) {
                told.add((long) number);
            } else {
                assertThat(change.left()).isEmpty();
            }
            assertThat(archive.numbers()).containsExactlyElementsOf(told);
        }
        List<Long> expected = IntStream.range(0, count)
                .filter(i -> belongs(points, i))
                .mapToObj(i -> (long) i)
                .toList();
        assertThat(archive.numbers()).isEqualTo(expected);
        assertThat(archive.size()).isEqualTo(expected.size());
        expected.forEach(number -> assertThat(archive.gains(number)).isEqualTo(points.get(number.intValue())));
    }
}
