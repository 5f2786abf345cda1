package io.phyla.evaluators.proxy;

import io.phyla.evaluators.engine.Execution;
import io.phyla.evaluators.engine.Execution.Mode;
import io.phyla.search.metric.Direction;
import io.phyla.search.metric.Metric;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Network.Node;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Into how many linear pieces a thin form of the network cuts small inputs (Chen, Gong, Wang, TE-NAS, ICLR 2021, after Xiong et
 * al., ICML 2020): the number of distinct patterns of active rectifiers over three thousand {@link Crops} of training images,
 * in the {@link ThinNetwork}, with normalisation by the statistics of each thousand.
 *
 * <p>First weights are uniform as those of all proxies, where the authors draw from a normal distribution of the same
 * variance up to a factor. NaN for a network that cannot be made thin or has no rectifier left, and for images too small to be cropped.
 */
public final class LinearRegions implements Proxy {

    private static final Metric METRIC = new Metric(
            "linear_regions",
            "",
            Direction.MAXIMIZE,
            false,
            "distinct patterns of active rectifiers over 3,000 crops of images in a thin form of the network");

    @Override
    public Metric metric() {
        return METRIC;
    }

    @Override
    public Stage stage() {
        return Stage.OWN_RUNS;
    }

    @Override
    public double compute(ProxyPass pass) {
        Optional<Network> thin = ThinNetwork.of(pass.network(), Crops.SIZE);
        if (thin.isEmpty()
                || rectifiers(thin.get()).length == 0
                || pass.inputs().crops().isEmpty()) {
            return Double.NaN;
        }
        Set<LongBuffer> patterns = new HashSet<>();
        try (Execution execution = pass.open(thin.get(), Crops.BATCH)) {
            pass.initialization().load(execution);
            for (float[] crops : pass.inputs().crops()) {
                execution.input(crops);
                execution.forward(Mode.TRAINING);
                pass.work().forward(thin.get(), Crops.BATCH);
                patterns.addAll(patterns(execution));
            }
        }
        return patterns.size();
    }

    private static int[] rectifiers(Network network) {
        List<Node> nodes = network.nodes();
        return IntStream.range(0, nodes.size())
                .filter(node -> nodes.get(node).layer().equals(Layer.Activation.RELU))
                .toArray();
    }

    private static List<LongBuffer> patterns(Execution execution) {
        List<long[]> words = new ArrayList<>();
        int[] length = {0};
        for (int sample = 0; sample < execution.batch(); sample++) {
            words.add(new long[0]);
        }
        for (int node : rectifiers(execution.network())) {
            int from = length[0];
            execution.signs(node, (sample, signs, count) -> {
                long[] longer = Arrays.copyOf(words.get(sample), from + count);
                System.arraycopy(signs, 0, longer, from, count);
                words.set(sample, longer);
                length[0] = from + count;
            });
        }
        return words.stream().map(LongBuffer::wrap).toList();
    }
}
