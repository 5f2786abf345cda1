package io.phyla.spaces.drawing;

import java.util.ArrayList;
import java.util.List;

/** A place in a row of a layered drawing: a box, or the lane by which edges of one source pass the row. */
final class Spot {

    private static final int NONE = -1;

    final int row;
    final int box;
    final double width;
    final List<Spot> above = new ArrayList<>();
    final List<Spot> below = new ArrayList<>();

    /** Of the centre. */
    double x;

    double wish;

    private Spot(int row, int box, double width) {
        this.row = row;
        this.box = box;
        this.width = width;
    }

    static Spot box(int row, int box, double width) {
        return new Spot(row, box, width);
    }

    static Spot lane(int row, double width) {
        return new Spot(row, NONE, width);
    }

    boolean isLane() {
        return box == NONE;
    }

    /** Notes that an edge goes on from here to a spot of the next row. */
    void leads(Spot next) {
        below.add(next);
        next.above.add(this);
    }
}
