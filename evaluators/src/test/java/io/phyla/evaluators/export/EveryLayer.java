package io.phyla.evaluators.export;

import io.phyla.evaluators.engine.Execution;
import io.phyla.evaluators.engine.Plan;
import io.phyla.evaluators.engine.ReferenceExecution;
import io.phyla.evaluators.engine.SingleLayers;
import io.phyla.spaces.design.Extent;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Networks of one layer, all kinds of them in many shapes, and the meetings of layers that writers may get wrong. */
public final class EveryLayer {

    private static final int BATCH = 3;
    private static final int SHAPES = 6;
    private static final long MEMORY = 1L << 28;

    private final Map<String, Network> networks = new LinkedHashMap<>();

    private EveryLayer() {
        for (long seed = 0; seed < SHAPES; seed++) {
            weighted(seed, SingleLayers.of(seed));
            moving(seed, SingleLayers.of(seed));
        }
        SamplePrograms.published()
                .forEach((name, program) -> networks.put(
                        "program " + name,
                        SingleLayers.of(program.groupSize()).with(new Layer.Program(program, 0.2))));
        meetings();
    }

    public static Map<String, Network> networks() {
        return new EveryLayer().networks;
    }

    public static Stream<Specimen> specimens() {
        return networks().entrySet().stream().map(entry -> {
            try (Execution execution = execution(entry.getValue())) {
                return Specimen.of(
                        entry.getKey(),
                        entry.getValue(),
                        execution,
                        entry.getKey().hashCode());
            }
        });
    }

    /** Programs have a reference of their own, which the engine is held to elsewhere. */
    private static Execution execution(Network network) {
        boolean programs = network.nodes().stream().anyMatch(node -> node.layer() instanceof Layer.Program);
        return programs ? Plan.compile(network, BATCH, MEMORY) : new ReferenceExecution(network, BATCH);
    }

    private void weighted(long seed, SingleLayers layers) {
        networks.put("convolution " + seed, layers.convolved());
        networks.put("depthwise " + seed, layers.depthwise());
        networks.put("transposed " + seed, layers.transposed());
        networks.put("linear " + seed, layers.with(new Layer.Linear(5, seed % 2 == 0)));
        networks.put("batch normalization " + seed, layers.with(new Layer.BatchNormalization(1e-3, 0.2)));
        networks.put("layer normalization " + seed, layers.normalized());
        networks.put("instance normalization " + seed, layers.with(new Layer.InstanceNormalization(0.1)));
        networks.put("one group " + seed, layers.with(new Layer.GroupNormalization(1, 0.1)));
        int channels = layers.with(new Layer.Zero()).input().channels();
        networks.put("lone groups " + seed, layers.with(new Layer.GroupNormalization(channels, 0.1)));
        networks.put("product transposed " + seed, layers.product(true));
        networks.put("product plain " + seed, layers.product(false));
    }

    private void moving(long seed, SingleLayers layers) {
        for (Layer.Activation.Function function : Layer.Activation.Function.values()) {
            networks.put(function + " " + seed, layers.with(new Layer.Activation(function)));
        }
        for (Layer.Pooling.Kind kind : Layer.Pooling.Kind.values()) {
            networks.put("pooling " + kind + " " + seed, layers.pooled(kind));
        }
        for (Layer.Upsample.Kind kind : Layer.Upsample.Kind.values()) {
            networks.put("upsample " + kind + " " + seed, layers.upsampled(kind));
        }
        networks.put("leaky " + seed, layers.leaky());
        networks.put("softmax " + seed, layers.softmax());
        networks.put("global " + seed, layers.with(new Layer.GlobalPooling()));
        networks.put("flatten " + seed, layers.with(new Layer.Flatten()));
        networks.put("dropout " + seed, layers.with(new Layer.Dropout(0.5)));
        networks.put("zero " + seed, layers.with(new Layer.Zero()));
        networks.put("pad " + seed, layers.with(new Layer.Pad((int) seed, 1, 0, 2)));
        networks.put("identity pad " + seed, layers.with(new Layer.Pad(0, 0, 0, 0)));
    }

    private void meetings() {
        joins();
        moves();
        vectors();
        folds();
        Network.Builder only = new Network.Builder(new Shape(2, 3, 4));
        networks.put("nothing but an input", only.build());
    }

    private void joins() {
        Network.Builder sums = new Network.Builder(new Shape(4, 3, 5));
        int left = sums.add("left", Layer.Convolution.of(4, 1, 1, 0), 0);
        int gate = sums.add("gate", new Layer.GlobalPooling(), left);
        int gated = sums.add("gated", new Layer.Multiply(), 0, gate);
        int product = sums.add("product", new Layer.Multiply(), gated, left);
        int sum = sums.add("sum", new Layer.Add(), left, product, 0, left);
        int pair = sums.add("pair", new Layer.Add(), sum, left);
        sums.add("unread", Layer.Convolution.of(7, 1, 1, 0), pair);
        sums.add("concat", new Layer.Concat(), pair, left, 0);
        networks.put("joins", sums.build());
    }

    private void moves() {
        Network.Builder cut = new Network.Builder(new Shape(8, 6, 7));
        int first = cut.add("cut", new Layer.Pad(-1, -2, 0, -3), 0);
        int second = cut.add("both", new Layer.Pad(2, -1, -1, 3), first);
        cut.add("shuffle", new Layer.PixelShuffle(2), second);
        networks.put("cuts and shuffles", cut.build());
        Network.Builder whole = new Network.Builder(new Shape(9, 2, 3));
        int once = whole.add("one", new Layer.PixelShuffle(1), 0);
        whole.add("three", new Layer.PixelShuffle(3), once);
        networks.put("shuffles by one and three", whole.build());
    }

    /** What linear layers give, where maps are wanted and where they are not. */
    private void vectors() {
        Network.Builder vectors = new Network.Builder(new Shape(3, 4, 4));
        int top = vectors.add("flatten", new Layer.Flatten(), 0);
        int again = vectors.add("again", new Layer.Flatten(), top);
        int linear = vectors.add("linear", new Layer.Linear(12, true), again);
        LayerProgram evolved = SamplePrograms.published().get("evonorm-s0");
        int program = vectors.add("program", new Layer.Program(evolved), linear);
        int twice = vectors.add("twice", new Layer.Program(evolved, 0.3), program);
        int batch = vectors.add("batch", Layer.BatchNormalization.DEFAULT, twice);
        int layer = vectors.add("layer", new Layer.LayerNormalization(1e-2), batch);
        int heads = vectors.add("softmax", new Layer.Softmax(3), layer);
        int group = vectors.add("group", new Layer.GroupNormalization(4, 1e-2), linear);
        int mixed = vectors.add("mixed", new Layer.Concat(), heads, group);
        int instance = vectors.add("instance", new Layer.InstanceNormalization(1e-2), mixed);
        int sum = vectors.add("sum", new Layer.Add(), instance, mixed);
        int gate = vectors.add("gate", new Layer.Linear(3, false), sum);
        int zero = vectors.add("zero", new Layer.Zero(), gate);
        int dropped = vectors.add("dropped", new Layer.Dropout(0.2), gate);
        int both = vectors.add("both", new Layer.Add(), dropped, zero);
        int gated = vectors.add("gated", new Layer.Multiply(), 0, both);
        vectors.add("convolution", Layer.Convolution.of(2, 3, 1, 1), gated);
        networks.put("vectors and maps", vectors.build());
    }

    /** Normalisations that may become part of the layer before them, and some that may not. */
    private void folds() {
        Network.Builder folds = new Network.Builder(new Shape(4, 5, 5));
        int top = folds.add(
                "transposed",
                new Layer.TransposedConvolution(
                        6, Extent.of(3), Extent.of(2), Extent.ONE, Extent.ONE, Extent.ONE, 2, true),
                0);
        top = folds.add("transposed.norm", Layer.BatchNormalization.DEFAULT, top);
        top = folds.add("grouped", new Layer.Convolution(8, 3, 2, 1, 1, 2, true), top);
        top = folds.add("grouped.norm", new Layer.BatchNormalization(1e-2, 0.1), top);
        int read = folds.add("read", Layer.Convolution.of(8, 1, 1, 0), top);
        int kept = folds.add("kept", Layer.BatchNormalization.DEFAULT, read);
        int sum = folds.add("sum", new Layer.Add(), kept, read);
        int lone = folds.add("lone", Layer.BatchNormalization.DEFAULT, sum);
        int linear = folds.add("linear", new Layer.Linear(7, false), lone);
        folds.add("linear.norm", Layer.BatchNormalization.DEFAULT, linear);
        networks.put("folds", folds.build());
    }
}
