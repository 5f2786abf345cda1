package io.phyla.evaluators.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.phyla.search.training.CurvePoint;
import io.phyla.spaces.schema.Json;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A training's curve beside its checkpoint, one point a line. A checkpoint may be ahead of the journal when everything is
 * killed: whoever takes it up tells the points again from here, so that the curve has no hole.
 */
final class CurveFile implements AutoCloseable {

    private final RandomAccessFile file;
    private final List<CurvePoint> points = new ArrayList<>();
    private long step;

    /** Opens it and reads what is there, up to a line that was not written to its end, which is cut off with all behind it. */
    CurveFile(Path path) throws IOException {
        int whole = Files.exists(path) ? read(new String(Files.readAllBytes(path), StandardCharsets.UTF_8)) : 0;
        step = points.isEmpty() ? 0 : points.getLast().step();
        file = new RandomAccessFile(path.toFile(), "rw");
        file.setLength(whole);
        file.seek(whole);
    }

    /** Takes the points; returns how many characters, which are bytes as well, they have. */
    private int read(String text) {
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
            try {
                points.add(Json.MAPPER.readValue(text.substring(start, end), CurvePoint.class));
            } catch (JsonProcessingException e) {
                // A computer that loses its power may leave zeros where a line was.
                return start;
            }
            start = end + 1;
        }
        return start;
    }

    /** What was there when it was opened. */
    List<CurvePoint> points() {
        return points;
    }

    /** Adds a point, unless it comes again. */
    void add(CurvePoint point) throws IOException {
        if (point.step() > step) {
            step = point.step();
            file.write((Json.MAPPER.writeValueAsString(point) + '\n').getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
