package io.phyla.evaluators.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.phyla.evaluators.layer.ResponseCurves.Curve;
import io.phyla.spaces.evonorm.ReadyLayers;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Curves against formulas that are written down here. */
class ResponseCurvesTest {

    private static final double EPSILON = 1e-5;

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    @Test
    void aLayerWithoutMomentsIsItsFunction() {
        Curve curve = one(ResponseCurves.of(ReadyLayers.program("swish")));
        for (int i = 0; i < curve.x().length; i++) {
            double x = curve.x()[i];
            double s = sigmoid(x);
            assertThat(curve.y()[i]).isCloseTo(x * s, within(1e-12));
            assertThat(curve.slope()[i]).isCloseTo(s + x * s * (1 - s), within(1e-12));
        }
    }

    private static Curve one(List<Curve> curves) {
        assertThat(curves).hasSize(1);
        assertThat(curves.getFirst().mean()).isNaN();
        return curves.getFirst();
    }

    /** f = x sigmoid(x) / std, and max(0, (x - mean) / std), whatever the sample. */
    @Test
    void momentsAreThoseOfTheSampleAndStandStill() {
        for (Curve curve : ResponseCurves.of(ReadyLayers.program("evonorm_s0"))) {
            double std = Math.sqrt(curve.deviation() * curve.deviation() + EPSILON);
            for (int i = 0; i < curve.x().length; i++) {
                double x = curve.x()[i];
                assertThat(curve.y()[i]).isCloseTo(x * sigmoid(x) / std, within(1e-9));
            }
        }
        for (Curve curve : ResponseCurves.of(ReadyLayers.program("bn_relu"))) {
            double std = Math.sqrt(curve.deviation() * curve.deviation() + EPSILON);
            for (int i = 0; i < curve.x().length; i++) {
                double normal = (curve.x()[i] - curve.mean()) / std;
                assertThat(curve.y()[i]).isCloseTo(Math.max(0, normal), within(1e-9));
                if (Math.abs(normal) > 1e-6) {
                    assertThat(curve.slope()[i]).isCloseTo(normal > 0 ? 1 / std : 0, within(1e-9));
                }
            }
        }
    }
}
