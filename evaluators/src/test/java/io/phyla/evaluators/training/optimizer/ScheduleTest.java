package io.phyla.evaluators.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.phyla.evaluators.training.optimizer.Schedule.Course;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Against PyTorch 1.13: {@code SequentialLR} of {@code LinearLR(start_factor=0.25, total_iters=3)} and the course named below with a
 * milestone at 4, base rate 0.4, the rate printed before each of twelve steps.
 */
class ScheduleTest {

    private static final List<Double> WARM_UP = List.of(0.1, 0.2, 0.3, 0.4);

    static Stream<Arguments> published() {
        return Stream.of(
                Arguments.of(new Course.Constant(), List.of(0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4)),
                // StepLR(step_size=3, gamma=0.1)
                Arguments.of(new Course.Stairs(3, 0.1), List.of(0.4, 0.4, 0.4, 0.04, 0.04, 0.04, 0.004, 0.004)),
                // CosineAnnealingLR(T_max=8)
                Arguments.of(
                        new Course.Cosine(),
                        List.of(
                                0.4,
                                0.384775906502,
                                0.341421356237,
                                0.276536686473,
                                0.2,
                                0.123463313527,
                                0.058578643763,
                                0.015224093498)),
                // ExponentialLR(gamma=0.9)
                Arguments.of(
                        new Course.Exponential(1, 0.9),
                        List.of(0.4, 0.36, 0.324, 0.2916, 0.26244, 0.236196, 0.2125764, 0.19131876)));
    }

    @ParameterizedTest
    @MethodSource("published")
    void goesAsPyTorchsDoes(Course course, List<Double> expected) {
        Schedule schedule = new Schedule(0.4, 4, course, 12);
        List<Double> all = Stream.concat(WARM_UP.stream(), expected.stream()).toList();
        for (int step = 0; step < all.size(); step++) {
            assertThat(schedule.rate(step)).isCloseTo(all.get(step), within(1e-12));
        }
    }

    @Test
    void canBeAllWarmUpButNoMore() {
        assertThat(new Schedule(1, 5, new Course.Cosine(), 5).rate(4)).isEqualTo(1);
        assertThatThrownBy(() -> new Schedule(1, 6, new Course.Cosine(), 5))
                .hasMessageContaining("warm-up of 6 steps")
                .hasMessageContaining("training of 5");
    }
}
