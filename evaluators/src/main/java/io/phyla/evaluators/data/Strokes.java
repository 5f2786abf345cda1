package io.phyla.evaluators.data;

import java.util.ArrayList;
import java.util.List;

/**
 * Twelve characters as line segments in the square from -1 to 1, x to the right and y down; drawn by hand, no font.
 * Several share most of their strokes, so that small details decide.
 */
final class Strokes {

    static final List<String> NAMES = List.of("A", "E", "F", "H", "K", "N", "P", "R", "T", "X", "Y", "Z");

    /** Segments per character, each x0, y0, x1, y1. */
    static final List<double[][]> CHARACTERS = List.of(
            lines("-.7,1 0,-1 .7,1 | -.4,.3 .4,.3"), // A
            lines("-.6,-1 -.6,1 | -.6,-1 .6,-1 | -.6,0 .4,0 | -.6,1 .6,1"), // E
            lines("-.6,-1 -.6,1 | -.6,-1 .6,-1 | -.6,0 .4,0"), // F
            lines("-.6,-1 -.6,1 | .6,-1 .6,1 | -.6,0 .6,0"), // H
            lines("-.6,-1 -.6,1 | .6,-1 -.6,.1 | -.2,-.2 .6,1"), // K
            lines("-.6,1 -.6,-1 .6,1 .6,-1"), // N
            lines("-.6,1 -.6,-1 .2,-1 .55,-.8 .55,-.3 .2,-.05 -.6,-.05"), // P
            lines("-.6,1 -.6,-1 .2,-1 .55,-.8 .55,-.3 .2,-.05 -.6,-.05 | 0,-.05 .6,1"), // R
            lines("-.65,-1 .65,-1 | 0,-1 0,1"), // T
            lines("-.65,-1 .65,1 | .65,-1 -.65,1"), // X
            lines("-.65,-1 0,0 .65,-1 | 0,0 0,1"), // Y
            lines("-.65,-1 .65,-1 -.65,1 .65,1")); // Z

    private Strokes() {}

    /** Polylines separated by bars, their corners as x,y. */
    private static double[][] lines(String text) {
        List<double[]> segments = new ArrayList<>();
        for (String polyline : text.split("\\|")) {
            double[] before = null;
            for (String corner : polyline.strip().split(" ")) {
                String[] xy = corner.split(",");
                double[] here = {Double.parseDouble(xy[0]), Double.parseDouble(xy[1])};
                if (before != null) {
                    segments.add(new double[] {before[0], before[1], here[0], here[1]});
                }
                before = here;
            }
        }
        return segments.toArray(double[][]::new);
    }
}
