package io.phyla.evaluators.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class MemoryLayoutTest {

    @Property(tries = 200)
    void whatLivesTogetherNeverOverlaps(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        MemoryLayout layout = new MemoryLayout();
        List<Buffer> buffers = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            int from = random.nextInt(40);
            Buffer buffer = layout.reserve(i, 1 + random.nextInt(2000), from);
            buffer.use(from + random.nextInt(8));
            if (random.nextInt(8) == 0) {
                buffer.keep();
            }
            buffers.add(buffer);
        }
        layout.place();
        for (Buffer a : buffers) {
            assertThat(a.offset() % MemoryLayout.ALIGNMENT).isZero();
            assertThat(a.offset() + a.bytes()).isLessThanOrEqualTo(layout.bytes());
            for (Buffer b : buffers) {
                if (a != b && a.meets(b)) {
                    assertThat(a.offset() + a.bytes() <= b.offset() || b.offset() + b.bytes() <= a.offset())
                            .isTrue();
                }
            }
        }
    }

    @Test
    void memoryIsUsedAgainWhenItsTimeIsOver() {
        MemoryLayout layout = new MemoryLayout();
        for (int time = 0; time < 100; time++) {
            layout.reserve(time, 640, time).use(time + 1);
        }
        layout.place();
        assertThat(layout.bytes()).isEqualTo(2 * 640);
    }

    @Test
    void whatIsKeptKeepsItsPlace() {
        MemoryLayout layout = new MemoryLayout();
        for (int time = 0; time < 10; time++) {
            layout.reserve(time, 640, time).keep();
        }
        layout.place();
        assertThat(layout.bytes()).isEqualTo(10 * 640);
    }
}
