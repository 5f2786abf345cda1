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

    /** Opens it and reads what is there; a line that was not written to its end is cut off. */
    CurveFile(Path path) throws IOException {
        String text = Files.exists(path) ? Files.readString(path) : "";
        String whole = text.substring(0, text.lastIndexOf('\n') + 1);
        for (String line : whole.lines().toList()) {
            points.add(read(line));
        }
        step = points.isEmpty() ? 0 : points.getLast().step();
        file = new RandomAccessFile(path.toFile(), "rw");
        file.setLength(whole.getBytes(StandardCharsets.UTF_8).length);
        file.seek(file.length());
    }

    private static CurvePoint read(String line) throws JsonProcessingException {
        return Json.MAPPER.readValue(line, CurvePoint.class);
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
