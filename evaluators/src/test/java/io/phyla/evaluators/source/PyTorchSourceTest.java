package io.phyla.evaluators.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.evaluators.engine.Plan;
import io.phyla.evaluators.engine.RandomNetworks;
import io.phyla.evaluators.engine.ReferenceExecution;
import io.phyla.evaluators.export.Closeness;
import io.phyla.evaluators.export.EveryLayer;
import io.phyla.evaluators.export.Specimen;
import io.phyla.evaluators.export.Zoo;
import io.phyla.evaluators.training.Networks;
import io.phyla.evaluators.weights.SafeTensors;
import io.phyla.evaluators.weights.Weights;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PyTorch computes what we compute, from the source that we write. */
class PyTorchSourceTest {

    private static final int BATCH = 2;

    @TempDir
    Path directory;

    @Test
    void randomNetworksEveryLayerAndTheZooGiveTheSameOutputs() throws Exception {
        check(specimens());
    }

    @Test
    @Tag("slow")
    void theZooGivesTheSameOutputsForWholeImages() throws Exception {
        check(Zoo.large());
    }

    private void check(Stream<Specimen> given) throws Exception {
        Python python = Python.withTorch();
        Path modules = directory.resolve("modules");
        Map<Path, Specimen> specimens = new LinkedHashMap<>();
        for (Specimen specimen : (Iterable<Specimen>) given::iterator) {
            Path own = modules.resolve("network" + specimens.size());
            Python.lay(own, specimen);
            specimens.put(own, specimen);
        }
        python.runAll(modules, directory);
        for (Map.Entry<Path, Specimen> entry : specimens.entrySet()) {
            Specimen specimen = entry.getValue();
            Closeness.check(specimen.name(), specimen.outputs(), Python.output(entry.getKey()));
        }
    }

    private static Stream<Specimen> specimens() {
        Stream<Specimen> random = LongStream.range(0, 100).mapToObj(seed -> {
            Network network = RandomNetworks.of(seed);
            try (ReferenceExecution reference = new ReferenceExecution(network, BATCH)) {
                return Specimen.of("random " + seed, network, reference, seed);
            }
        });
        return Stream.of(random, EveryLayer.specimens(), Zoo.specimens(), Stream.of(called()))
                .flatMap(each -> each);
    }

    /** Layers may be called anything: like a keyword, like a method of modules, like code. */
    private static Specimen called() {
        Network.Builder builder = new Network.Builder(new Shape(4, 3, 3));
        int last = 0;
        for (String name : List.of(
                "", "forward", "class", "train", "self", "x", "F", "7", "a.b", "a_b", "__init__", "\u00e4 \ud83d\ude00\n",
                "\"\"\"); raise SystemExit(1) #", "\\\"", "layer", "layer_7", "_modules")) {
            last = builder.add(name, Layer.Convolution.of(4, 1, 1, 0), last);
        }
        builder.add("add", new Layer.Add(), last, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13);
        Network network = builder.build();
        try (Plan plan = Plan.compile(network, BATCH, 1L << 26)) {
            return Specimen.of("names", network, plan, 1);
        }
    }

    @Test
    void theFileByItselfPrintsTheShapeOfTheOutput() throws Exception {
        Python python = Python.withTorch();
        Network network = Networks.small(12);
        String printed = python.run(List.of(written(network).toString(), weights("w", network)));
        assertThat(printed.strip()).isEqualTo("(1, 12)");
    }

    @Test
    void namesTheTensorThatDoesNotFit() throws Exception {
        Python python = Python.withTorch();
        Path script = Files.writeString(directory.resolve("load.py"), """
                import sys
                sys.path.insert(0, sys.argv[1])
                import network
                for weights in sys.argv[2:]:
                    try:
                        network.Network().load_safetensors(weights)
                    except ValueError as problem:
                        print(problem)
                """);
        written(Networks.small(12));
        String printed = python.run(List.of(
                script.toString(),
                directory.toString(),
                weights("narrow", Networks.small(10)),
                weights("other", Networks.glyphs()),
                weights("without", unbiased())));
        assertThat(printed.lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .isEqualTo("tensor 'classifier.weight' must have the shape (12, 16), not (10, 16)"),
                        line -> assertThat(line).isEqualTo("unknown tensor 'convolution16.weight'"),
                        line -> assertThat(line).endsWith("holds nothing for classifier.bias"));
    }

    /** As {@link Networks#small}, but for a bias. */
    private static Network unbiased() {
        return Network.of(Networks.small(12).nodes().stream()
                .map(node -> node.layer() instanceof Layer.Linear linear
                        ? new Network.Node(node.name(), new Layer.Linear(linear.features(), false), node.inputs())
                        : node)
                .toList());
    }

    @Test
    void readsAsIfWrittenByHand() throws IOException {
        Network.Builder builder = new Network.Builder(new Shape(3, 8, 8));
        int first = builder.add("stem.convolution", Layer.Convolution.of(8, 3, 2, 1), 0);
        int norm = builder.add("stem.norm", Layer.BatchNormalization.DEFAULT, first);
        int relu = builder.add("stem.relu", Layer.Activation.RELU, norm);
        int pool = builder.add("gate.pool", new Layer.GlobalPooling(), relu);
        int gate = builder.add("gate", new Layer.Linear(8, true), pool);
        int product = builder.add("product", new Layer.Multiply(), relu, gate);
        builder.add("head", new Layer.Linear(5, false), product);
        assertThat(source(builder.build())).contains("""
                class Network(nn.Module):
                    def __init__(self):
                        super().__init__()
                        self.stem_convolution = nn.Conv2d(3, 8, 3, stride=2, padding=1, bias=False)
                        self.stem_norm = nn.BatchNorm2d(8)
                        self.gate = nn.Linear(8, 8)
                        self.head = nn.Linear(128, 5, bias=False)

                    def forward(self, images):
                        x = self.stem_convolution(images)
                        x = self.stem_norm(x)
                        stem_relu = F.relu(x)
                        x = torch.mean(stem_relu, (2, 3), keepdim=True)
                        x = self.gate(torch.flatten(x, 1))
                        x = stem_relu * x[:, :, None, None]
                        x = self.head(torch.flatten(x, 1))
                        return x
                """);
    }

    private static String source(Network network) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PyTorchSource.write(network, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private Path written(Network network) throws IOException {
        return Files.writeString(directory.resolve("network.py"), source(network));
    }

    private String weights(String name, Network network) throws IOException {
        Path file = directory.resolve(name + ".safetensors");
        try (OutputStream out = Files.newOutputStream(file)) {
            SafeTensors.write(Weights.initial(network, 1), out);
        }
        return file.toString();
    }
}
