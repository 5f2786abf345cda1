package io.phyla.evaluators.program;

import io.phyla.search.fixture.EvaluatorContract;
import io.phyla.search.fixture.NoArtifacts;
import io.phyla.search.metric.Evaluator;
import io.phyla.search.metric.Resources;
import io.phyla.spaces.SearchSpace;
import io.phyla.spaces.design.LayerProgram.Series;
import io.phyla.spaces.evonorm.EvoNormParameters;
import io.phyla.spaces.evonorm.EvoNormSpace;

/** The contract on an evaluator with the screen of layer programs. */
class SensitivityEvaluatorTest implements EvaluatorContract<SensitivityEvaluator.Parameters> {

    @Override
    public Evaluator<SensitivityEvaluator.Parameters> evaluator() {
        return new SensitivityEvaluator();
    }

    @Override
    public SensitivityEvaluator.Parameters parameters() {
        return new SensitivityEvaluator.Parameters();
    }

    @Override
    public SearchSpace space() {
        return new EvoNormSpace(EvoNormParameters.of(Series.B));
    }

    @Override
    public Resources resources() {
        return new Resources(new NoArtifacts(), 1 << 20);
    }
}
