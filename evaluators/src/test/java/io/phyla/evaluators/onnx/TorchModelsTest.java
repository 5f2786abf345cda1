package io.phyla.evaluators.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.spaces.design.Layer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Models as PyTorch exports them, against what PyTorch itself computes of them. */
class TorchModelsTest {

    private static final List<String> VARIANTS = List.of("plain", "batch", "unfolded", "training");

    @TempDir
    static Path directory;

    private static void export(List<String> opsets) throws Exception {
        for (String python : List.of("python3", "/usr/bin/python3")) {
            String said = run(python, opsets);
            if (said.isEmpty()) {
                return;
            }
            assertThat(said).contains("No module named 'torch'");
        }
        Assumptions.abort("PYTORCH MODELS SKIPPED: no python3 with torch was found");
    }

    /** What went wrong, or nothing. */
    private static String run(String python, List<String> opsets) throws InterruptedException, IOException {
        Path log = directory.resolve("log");
        Path script = Path.of("..", "runs", "bench", "torch-models.py");
        List<String> words = new ArrayList<>(List.of(python, "-W", "ignore", script.toString(), directory.toString()));
        words.addAll(opsets);
        ProcessBuilder command =
                new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log.toFile());
        try {
            int status = command.start().waitFor();
            return status == 0 ? "" : "status " + status + ": " + Files.readString(log);
        } catch (IOException e) {
            return "No module named 'torch', for there is no " + python;
        }
    }

    @TestFactory
    Stream<DynamicTest> giveWhatPyTorchGives() throws Exception {
        return tests(List.of("13"));
    }

    @TestFactory
    @Tag("slow")
    Stream<DynamicTest> giveWhatPyTorchGivesInOtherOpsets() throws Exception {
        return tests(List.of("11", "17"));
    }

    private static Stream<DynamicTest> tests(List<String> opsets) throws Exception {
        export(opsets);
        List<DynamicTest> tests = new ArrayList<>();
        for (String name : List.of("resnet", "mobilenet", "perceptron", "hardswish", "inception")) {
            for (String opset : opsets) {
                for (String variant : VARIANTS) {
                    String file = name + "-" + opset + "-" + variant;
                    tests.add(DynamicTest.dynamicTest(file, () -> check(name, file, Long.parseLong(opset))));
                }
            }
        }
        return tests.stream();
    }

    private static void check(String name, String file, long opset) throws Exception {
        OnnxModel model = OnnxReader.read(directory.resolve(file + ".onnx"), OnnxLimits.DEFAULT);
        assertThat(model.producer()).startsWith("pytorch");
        assertThat(model.opset()).isEqualTo(opset);
        assertThat(model.notes()).isEmpty();
        Judge.compare(Judge.ours(model.weights(), 2, floats(name + ".input")), floats(name + ".output"));
        if (name.equals("resnet")) {
            boolean kept = file.endsWith("training");
            assertThat(model.network().nodes().stream()
                            .anyMatch(node -> node.layer() instanceof Layer.BatchNormalization))
                    .isEqualTo(kept);
        }
    }

    private static float[] floats(String file) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.wrap(Files.readAllBytes(directory.resolve(file))).order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[bytes.remaining() / 4];
        bytes.asFloatBuffer().get(values);
        return values;
    }
}
