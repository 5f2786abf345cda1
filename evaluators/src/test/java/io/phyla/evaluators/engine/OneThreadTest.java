package io.phyla.evaluators.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.evaluators.engine.Execution.Mode;
import io.phyla.spaces.Genome;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.nb201.Nb201Parameters;
import io.phyla.spaces.nb201.Nb201Space;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Numbers do not depend on how many threads a process lets its libraries have. */
@Timeout(120)
class OneThreadTest {

    private static final int BATCH = 32;

    @Test
    void moreThreadsGiveTheSameBits() throws IOException {
        Process process = start();
        Optional<String> there = process.inputReader()
                .lines()
                .filter(line -> line.startsWith("bits "))
                .findFirst();
        assertThat(there).contains("bits " + bits());
    }

    private static Process start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                Printer.class.getName());
        builder.environment().put("OMP_NUM_THREADS", "3");
        return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    /** Of outputs and gradients of a network large enough to be divided among threads. */
    private static int bits() {
        Network network = new Nb201Space(new Nb201Parameters(16, 1, 10, 16)).decode(Genome.of(3, 3, 3, 1, 3, 2));
        try (Plan plan = Plan.compile(network, BATCH, 1L << 30)) {
            List<double[]> weights = new Initialization(1).draw(plan.parameters());
            plan.parameters().forEach(parameter -> plan.load(parameter, weights.get(parameter.index())));
            SplitMix random = new SplitMix(1);
            float[] images = new float[Math.toIntExact(BATCH * network.input().elements())];
            for (int i = 0; i < images.length; i++) {
                images[i] = (float) random.nextSigned();
            }
            plan.input(images);
            plan.forward(Mode.TRAINING);
            double[] slope = new double[Math.toIntExact(BATCH * network.output().elements())];
            Arrays.fill(slope, 1);
            plan.backward(slope, true);
            return Objects.hash(
                    Arrays.hashCode(plan.output()),
                    Arrays.hashCode(plan.inputGradient()),
                    plan.parameters().stream()
                            .map(parameter -> Arrays.hashCode(plan.gradient(parameter)))
                            .toList());
        }
    }

    /** Prints the bits. */
    static final class Printer {
        public static void main(String[] args) {
            System.out.println("bits " + bits());
        }
    }
}
