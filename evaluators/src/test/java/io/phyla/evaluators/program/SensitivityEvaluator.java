package io.phyla.evaluators.program;

import io.phyla.search.candidate.Cause;
import io.phyla.search.metric.Direction;
import io.phyla.search.metric.Evaluation;
import io.phyla.search.metric.EvaluationException;
import io.phyla.search.metric.Evaluator;
import io.phyla.search.metric.Metric;
import io.phyla.search.metric.Resources;
import io.phyla.search.metric.Screen;
import io.phyla.spaces.Genome;
import io.phyla.spaces.SearchSpace;
import io.phyla.spaces.design.Design;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Shape;
import io.phyla.spaces.evonorm.EvoNormSpace;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** For tests: how much more a layer's output spreads when its input is ten times as large, 0 if nothing changes. */
public final class SensitivityEvaluator implements Evaluator<SensitivityEvaluator.Parameters> {

    private static final String METRIC = "scale_sensitivity";

    public record Parameters() {}

    @Override
    public String name() {
        return "sensitivity";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                new Metric(METRIC, "", Direction.MINIMIZE, false, "Spread at ten times the input, as a logarithm."));
    }

    @Override
    public Class<Parameters> parameters() {
        return Parameters.class;
    }

    @Override
    public Optional<Screen> screen(Parameters parameters, SearchSpace space) {
        return space instanceof EvoNormSpace ? Optional.of(new ProgramScreen(false)) : Optional.empty();
    }

    @Override
    public Evaluation open(Parameters parameters, SearchSpace space, Set<String> wanted, Resources resources) {
        return new Evaluation() {
            @Override
            public Evaluated evaluate(Genome genome, Design design, long seed) {
                if (!(design instanceof LayerProgram program)) {
                    throw new EvaluationException(
                            new Cause(Cause.Kind.EVALUATION_FAILED, "only layer programs are sensitive"));
                }
                double[] x = new Normal(seed).array(2 * 4 * 9);
                double[] large = Arrays.stream(x).map(each -> 10 * each).toArray();
                double grown = StrictMath.log(spread(program, large) / spread(program, x));
                if (!Double.isFinite(grown)) {
                    throw new EvaluationException(new Cause(Cause.Kind.NON_FINITE, "its output does not stay finite"));
                }
                return new Evaluated(Map.of(METRIC, Math.abs(grown)), 1);
            }

            @Override
            public void close() {
                // It holds nothing.
            }
        };
    }

    private static double spread(LayerProgram program, double[] x) {
        double[] scale = {1, 1, 1, 1};
        double[][] vectors = ReferenceProgram.initialVectors(program, scale.length);
        double[] y = new ReferenceProgram(program, 2, new Shape(scale.length, 3, 3))
                .forward(x, vectors, scale, new double[scale.length]);
        double sum = 0;
        double squares = 0;
        for (double each : y) {
            sum += each;
            squares += each * each;
        }
        return Math.sqrt(squares / y.length - sum * sum / y.length / y.length);
    }
}
