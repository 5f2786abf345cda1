package io.phyla.search.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.phyla.search.fixture.ChiSquare;
import io.phyla.spaces.Key;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomStreamsTest {

    private static final int STREAMS = 50_000;

    @Test
    void areFunctionsOfSeedAndNumber() {
        assertThat(RandomStreams.of(3, 8).longs(5).boxed().toList())
                .isEqualTo(RandomStreams.of(3, 8).longs(5).boxed().toList());
        Set<Long> first = new HashSet<>();
        for (long seed = -2; seed <= 2; seed++) {
            for (long number = 0; number < 1000; number++) {
                first.add(RandomStreams.of(seed, number).nextLong());
            }
        }
        assertThat(first).hasSize(5000);
    }

    /** The first, second and tenth draw of neighbouring streams: even, pairwise even, and uncorrelated. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9})
    void areEvenAcrossNumbers(int skipped) {
        long[] single = new long[64];
        long[] pairs = new long[64];
        double product = 0;
        double before = draw(0, skipped);
        for (int number = 1; number <= STREAMS; number++) {
            double next = draw(number, skipped);
            single[(int) (next * 64)]++;
            if (number % 2 == 1) {
                pairs[(int) (before * 8) * 8 + (int) (next * 8)]++;
            }
            product += (before - 0.5) * (next - 0.5);
            before = next;
        }
        ChiSquare.assertUniform(single);
        ChiSquare.assertUniform(pairs);
        // Correlation has a standard deviation of 1 / sqrt(n) if there is none.
        assertThat(12 * product / STREAMS).isCloseTo(0, within(5.5 / Math.sqrt(STREAMS)));
    }

    private static double draw(int number, int skipped) {
        return RandomStreams.of(1, number).doubles(skipped + 1L).skip(skipped).sum();
    }

    @Test
    void evaluationsHaveSeedsOfTheirOwn() {
        Set<Long> seeds = new HashSet<>();
        for (long seed = 0; seed < 100; seed++) {
            for (long bits = 0; bits < 10; bits++) {
                seeds.add(RandomStreams.evaluationSeed(seed, new Key(bits, 0)));
                seeds.add(RandomStreams.evaluationSeed(seed, new Key(0, bits + 1)));
            }
        }
        assertThat(seeds).hasSize(2000);
    }
}
