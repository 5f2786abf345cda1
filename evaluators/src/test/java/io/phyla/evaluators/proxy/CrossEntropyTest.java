package io.phyla.evaluators.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CrossEntropyTest {

    @Test
    void ofTwoEqualOutputsIsTheLogarithmOfTwo() {
        assertThat(CrossEntropy.loss(new double[] {3, 3}, new int[] {1})).isCloseTo(Math.log(2), within(1e-15));
        assertThat(CrossEntropy.gradient(new double[] {3, 3}, new int[] {1})).containsExactly(0.5, -0.5);
    }

    @Test
    void staysFiniteFarFromTheLabel() {
        assertThat(CrossEntropy.loss(new double[] {2000, 0}, new int[] {1})).isEqualTo(2000);
        assertThat(CrossEntropy.gradient(new double[] {2000, 0}, new int[] {1})).containsExactly(1, -1);
    }

    @Test
    void labelsBeyondTheOutputsBeginAnew() {
        double[] outputs = {0.5, -1, 2, 1, 0, -3};
        assertThat(CrossEntropy.loss(outputs, new int[] {4, 9}))
                .isEqualTo(CrossEntropy.loss(outputs, new int[] {1, 0}));
        assertThat(CrossEntropy.gradient(outputs, new int[] {4, 9}))
                .isEqualTo(CrossEntropy.gradient(outputs, new int[] {1, 0}));
    }

    @Test
    void gradientIsTheSlope() {
        double[] outputs = new SplittableRandom(1).doubles(12, -2, 2).toArray();
        int[] labels = {2, 0, 3};
        double[] gradient = CrossEntropy.gradient(outputs, labels);
        for (int i = 0; i < outputs.length; i++) {
            double[] up = outputs.clone();
            double[] down = outputs.clone();
            up[i] += 1e-5;
            down[i] -= 1e-5;
            double slope = (CrossEntropy.loss(up, labels) - CrossEntropy.loss(down, labels)) / 2e-5;
            assertThat(gradient[i]).isCloseTo(slope, within(1e-9));
        }
    }
}
