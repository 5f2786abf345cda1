package io.phyla.evaluators.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.evaluators.engine.Execution.Mode;
import io.phyla.spaces.Genome;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.nb201.Nb201Parameters;
import io.phyla.spaces.nb201.Nb201Space;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A worker lives for thousands of networks. */
class PlanMemoryTest {

    private static final Path STATM = Path.of("/proc/self/statm");
    private static final long PAGE = 4096;
    private static final long MEGABYTE = 1L << 20;

    /** The process grows by the Java heap that fills between collections, and by nothing near what the plans took. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void thousandsOfPlansLeaveNothingBehind() throws IOException {
        Nb201Space space = new Nb201Space(new Nb201Parameters(8, 1, 10, 16));
        SplittableRandom random = new SplittableRandom(1);
        run(space, random, 300);
        long before = resident();
        long taken = run(space, random, 2000);
        long grown = resident() - before;
        assertThat(taken).as("bytes all plans took together").isGreaterThan(1200 * MEGABYTE);
        assertThat(grown).as("growth of the process in bytes").isLessThan(300 * MEGABYTE);
    }

    @Test
    void memoryOfAClosedPlanServesTheNext() {
        Nb201Space space = new Nb201Space(new Nb201Parameters(8, 1, 10, 16));
        Network network = space.decode(Genome.of(3, 3, 3, 3, 3, 3));
        Plan.compile(network, 4, MEGABYTE << 6).close();
        long idle = MemoryPool.SHARED.idleBytes();
        for (int i = 0; i < 10; i++) {
            Plan.compile(network, 4, MEGABYTE << 6).close();
            assertThat(MemoryPool.SHARED.idleBytes()).isEqualTo(idle);
        }
    }

    @Test
    void thePoolKeepsNoMoreThanItMay() {
        MemoryPool pool = new MemoryPool(3 * MEGABYTE);
        Memory[] taken = {pool.take(MEGABYTE), pool.take(MEGABYTE), pool.take(MEGABYTE), pool.take(MEGABYTE)};
        for (Memory memory : taken) {
            memory.close();
        }
        assertThat(pool.idleBytes()).isBetween(MEGABYTE, 3 * MEGABYTE);
        pool.take(8 * MEGABYTE).close();
        assertThat(pool.idleBytes()).isZero();
    }

    private static long run(Nb201Space space, SplittableRandom random, int plans) {
        long taken = 0;
        for (int i = 0; i < plans; i++) {
            int[] options = random.ints(6, 0, 5).toArray();
            int batch = 1 + random.nextInt(8);
            try (Plan plan = Plan.compile(space.decode(Genome.of(options)), batch, 64 * MEGABYTE)) {
                plan.forward(Mode.TRAINING);
                plan.backward(new double[batch * 10], true);
                taken += plan.bytes();
            }
        }
        return taken;
    }

    private static long resident() throws IOException {
        return Long.parseLong(Files.readString(STATM).split(" ", -1)[1]) * PAGE;
    }
}
