package io.phyla.evaluators.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Parts of the source that are the same for every network that needs them; written in Python, beside this class. */
enum Helper {
    CHANNEL_NORM,
    LONE_NORM,
    GROUPED_SOFTMAX,
    MATRIX_PRODUCT,
    TORCH_PROGRAM,
    TORCH_VERIFY,
    KERAS_PROGRAM,
    READING,
    LOADING;

    String text() {
        String file = "/io/phyla/evaluators/source/" + name().toLowerCase(Locale.ROOT) + ".py";
        try (InputStream in = Helper.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
