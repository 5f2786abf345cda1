package io.phyla.evaluators.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.evaluators.export.SamplePrograms;
import io.phyla.evaluators.layer.GoldenVectors;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.evonorm.ReadyLayers;
import io.phyla.spaces.schema.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The source of a layer computes the golden vectors that go with it: outputs, gradients and moving averages. */
class LayerSourceTest {

    private static final int RANDOM = 60;

    @TempDir
    Path directory;

    private static Map<String, LayerProgram> programs() {
        Map<String, LayerProgram> programs = new LinkedHashMap<>(SamplePrograms.published());
        programs.putAll(ReadyLayers.all());
        SamplePrograms.random(RANDOM).forEach(each -> programs.put("random" + programs.size(), each));
        return programs;
    }

    private Path lay(Map<String, LayerProgram> programs) throws IOException {
        Path layers = directory.resolve("layers");
        for (Map.Entry<String, LayerProgram> each : programs.entrySet()) {
            Path own = Files.createDirectories(layers.resolve(each.getKey()));
            Files.writeString(own.resolve("layer.py"), LayerSource.pytorch(each.getValue()));
            Files.writeString(own.resolve("layer_keras.py"), LayerSource.keras(each.getValue()));
            Json.MAPPER.writeValue(own.resolve("golden.json").toFile(), GoldenVectors.of(each.getValue()));
        }
        return layers;
    }

    private String run(Python python, String script, Path layers) throws IOException, InterruptedException {
        Path file = directory.resolve(script);
        try (InputStream in = LayerSourceTest.class.getResourceAsStream(script)) {
            Files.copy(in, file);
        }
        return python.run(List.of(file.toString(), layers.toString()));
    }

    @Test
    void pytorchComputesTheGoldenVectors() throws Exception {
        String printed = run(Python.withTorch(), "verify_layers.py", lay(programs()));
        assertThat(printed.lines()).hasSize(programs().size());
    }

    /** Keras itself is not at hand: a stand-in of the few operations used, on NumPy, runs the layer forward. */
    @Test
    void kerasSourceComputesTheGoldenOutputs() throws Exception {
        String printed = run(Python.withTorch(), "verify_keras_layers.py", lay(programs()));
        assertThat(printed.lines()).hasSize(programs().size());
    }

    @Test
    void wrongNumbersAreNoticed() throws Exception {
        Path own = lay(Map.of("layer", ReadyLayers.program("evonorm_b0"))).resolve("layer");
        String golden = Files.readString(own.resolve("golden.json"));
        Files.writeString(own.resolve("golden.json"), golden.replace("\"momentum\":0.1", "\"momentum\":0.2"));
        Path script = Files.writeString(directory.resolve("wrong.py"), """
            import runpy
            import sys
            try:
                runpy.run_path(sys.argv[1], run_name="__main__")
            except ValueError as problem:
                print(problem)
            """);
        assertThat(Python.withTorch()
                        .run(List.of(script.toString(), own.resolve("layer.py").toString())))
                .startsWith("moving average moment");
    }

    @Test
    void readsAsIfWrittenByHand() {
        assertThat(LayerSource.pytorch(SamplePrograms.published().get("evonorm-b0")))
                .contains("""
                        def __init__(self, channels, momentum=0.1):
                            super().__init__()
                            self.momentum = momentum
                            self.register_buffer("v0", torch.full((channels,), 0.0))
                            self.v1 = nn.Parameter(torch.full((channels,), 1.0))
                            self.scale = nn.Parameter(torch.full((channels,), 1.0))
                            self.shift = nn.Parameter(torch.full((channels,), 0.0))
                            self.register_buffer("moment7", torch.full((channels,), 1.0))
                    """.indent(0), """
                            def forward(self, x):
                                v1 = per_channel(self.v1)
                                n4 = v1 * x
                                n5 = root(variance(x, MAP), self.EPSILON)
                                n6 = n4 + n5
                                n7 = root(self.moving(self.moment7, variance, x), self.EPSILON)
                                n8 = maximum(n7, n6)
                                n9 = x / n8
                                return n9 * per_channel(self.scale) + per_channel(self.shift)
                        """.indent(0));
    }
}
