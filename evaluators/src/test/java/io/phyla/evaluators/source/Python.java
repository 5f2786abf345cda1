package io.phyla.evaluators.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.phyla.evaluators.export.Specimens;
import io.phyla.evaluators.weights.SafeTensors;
import io.phyla.evaluators.weights.Weights;
import io.phyla.spaces.design.Network;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A Python that has PyTorch: the judge of our source. */
record Python(String program) {

    /** The first one found; the test is skipped, saying so, if there is none. */
    static Python withTorch() {
        Optional<String> found = Stream.of("python3", "/usr/bin/python3", "python")
                .filter(Python::hasTorch)
                .findFirst();
        if (found.isEmpty()) {
            System.err.println("SKIPPED: no python3 here can import torch, so exported PyTorch source is not run");
        }
        assumeTrue(found.isPresent(), "needs a python3 that can import torch");
        return new Python(found.get());
    }

    private static boolean hasTorch(String program) {
        try {
            Process process = new ProcessBuilder(program, "-c", "import torch")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What it prints; it has to succeed. */
    String run(List<String> arguments) throws IOException, InterruptedException {
        Result result = tried(arguments);
        assertThat(result.code()).as(result.printed()).isZero();
        return result.printed();
    }

    record Result(int code, String printed) {}

    Result tried(List<String> arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                Stream.concat(Stream.of(program), arguments.stream()).toList());
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        Process process = builder.redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), printed);
    }

    /** Runs all modules that {@link #lay} put below a directory, in one process. */
    void runAll(Path directory, Path scratch) throws IOException, InterruptedException {
        Path script = scratch.resolve("run_modules.py");
        try (InputStream in = Python.class.getResourceAsStream("run_modules.py")) {
            Files.copy(in, script);
        }
        run(List.of(script.toString(), directory.toString()));
    }

    /** Writes source, weights and images into a directory of its own. */
    static void lay(Path directory, Network network, Weights weights, int batch, long seed) throws IOException {
        Files.createDirectories(directory);
        try (OutputStream out = Files.newOutputStream(directory.resolve("network.py"))) {
            PyTorchSource.write(network, out);
        }
        try (OutputStream out = Files.newOutputStream(directory.resolve("weights.safetensors"))) {
            SafeTensors.write(weights, out);
        }
        float[] images = Specimens.images(network, batch, seed);
        ByteBuffer bytes = ByteBuffer.allocate(images.length * Float.BYTES).order(ByteOrder.nativeOrder());
        bytes.asFloatBuffer().put(images);
        Files.write(directory.resolve("images.f32"), bytes.array());
    }

    static float[] output(Path directory) throws IOException {
        FloatBuffer buffer = ByteBuffer.wrap(Files.readAllBytes(directory.resolve("output.f32")))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }
}
