package io.phyla.evaluators.proxy;

import io.phyla.evaluators.engine.Execution;
import io.phyla.evaluators.engine.Execution.Mode;
import io.phyla.evaluators.engine.Gaussian;
import io.phyla.evaluators.engine.Parameter;
import io.phyla.evaluators.engine.SplitMix;
import io.phyla.search.metric.Direction;
import io.phyla.search.metric.Metric;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Network.Node;
import java.util.Arrays;
import java.util.List;

/**
 * How expressive a network is under Gaussian weights (Lin et al., "Zen-NAS: A Zero-Shot NAS for High-Performance Deep Image
 * Recognition", ICCV 2021): weights of convolutions and linear layers from N(0,1), biases 0, normalisation with scale 1 and shift
 * 0, images x and d from N(0,1), y the features in front of the last global pooling (else of the last linear layer, else the
 * output); the score is log mean_n sum |y(x) - y(x + 0.01 d)| + sum log sqrt(mean_c v_c) over all normalisations, v the variance
 * of x's own batch, which undoes what they scaled away. Mean over a number of draws.
 *
 * <p>The authors' program takes v from running averages after two batches, which still contain their initial 1; the batch's own
 * variance is what the paper describes. Residual connections stay, which the authors remove from their own networks. Infinite
 * or NaN where features do not depend on the images or a normalisation sees no variance.
 */
public final class Zen implements Proxy {

    private static final Metric METRIC = new Metric(
            "zen",
            "",
            Direction.MAXIMIZE,
            false,
            "how strongly features answer small changes of random images under random weights");

    private static final double CHANGE = 0.01;

    @Override
    public Metric metric() {
        return METRIC;
    }

    @Override
    public Stage stage() {
        return Stage.OTHER_WEIGHTS;
    }

    @Override
    public double compute(ProxyPass pass) {
        int repeats = pass.inputs().zenRepeats();
        SplitMix seeds = new SplitMix(pass.initialization().seed());
        double sum = 0;
        for (int repeat = 0; repeat < repeats; repeat++) {
            sum += score(pass, new Gaussian(seeds.nextLong()));
        }
        return sum / repeats;
    }

    private static double score(ProxyPass pass, Gaussian random) {
        Execution execution = pass.free();
        for (Parameter parameter : execution.parameters()) {
            execution.load(parameter, draw(parameter, random));
        }
        int batch = execution.batch();
        float[] images =
                new float[Math.toIntExact(batch * execution.network().input().elements())];
        float[] changed = new float[images.length];
        for (int i = 0; i < images.length; i++) {
            images[i] = (float) random.next();
        }
        for (int i = 0; i < images.length; i++) {
            changed[i] = (float) (images[i] + CHANGE * random.next());
        }
        int node = features(execution.network());
        double[] before = run(pass, execution, images, node);
        double scales = scales(execution);
        double[] after = run(pass, execution, changed, node);
        double difference = 0;
        for (int i = 0; i < before.length; i++) {
            difference += Math.abs(before[i] - after[i]);
        }
        return StrictMath.log(difference / batch) + scales;
    }

    private static double[] draw(Parameter parameter, Gaussian random) {
        double[] values = new double[parameter.size()];
        switch (parameter.role()) {
            case WEIGHT -> Arrays.setAll(values, _ -> random.next());
            case SCALE, VARIANCE -> Arrays.fill(values, 1);
            case BIAS, SHIFT, MEAN -> {}
        }
        return values;
    }

    private static double[] run(ProxyPass pass, Execution execution, float[] images, int node) {
        execution.input(images);
        execution.forward(Mode.TRAINING);
        pass.work().forward(execution.batch());
        return execution.values(node);
    }

    private static double scales(Execution execution) {
        double sum = 0;
        List<Node> nodes = execution.network().nodes();
        for (int node = 0; node < nodes.size(); node++) {
            if (nodes.get(node).layer() instanceof Layer.BatchNormalization) {
                double[] variance = execution.variance(node);
                double mean = 0;
                for (double each : variance) {
                    mean += each / variance.length;
                }
                sum += StrictMath.log(Math.sqrt(mean));
            }
        }
        return sum;
    }

    private static int features(Network network) {
        List<Node> nodes = network.nodes();
        int linear = nodes.size() - 1;
        for (int node = nodes.size() - 1; node >= 0; node--) {
            if (nodes.get(node).layer() instanceof Layer.GlobalPooling) {
                return nodes.get(node).inputs().getFirst();
            }
            if (linear == nodes.size() - 1 && nodes.get(node).layer() instanceof Layer.Linear) {
                linear = nodes.get(node).inputs().getFirst();
            }
        }
        return linear;
    }
}
