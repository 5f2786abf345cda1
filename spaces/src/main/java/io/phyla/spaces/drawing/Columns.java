package io.phyla.spaces.drawing;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A tall drawing broken into columns like a page of a newspaper: where everything goes through one box, the rows below it go
 * on at the top of the next column.
 */
final class Columns {

    /** One column of rows, from the first up to but without {@code to}; and what it spans in the undivided drawing. */
    record Column(int from, int to, double left, double right) {
        int rows() {
            return to - from;
        }

        double width() {
            return right - left;
        }
    }

    /** Up to this many rows are read without breaking. */
    private static final int SHORT = 14;

    /** Lower columns would be all lines from one to the next. */
    private static final int LEAST = 6;

    /** Width by height of the page that is aimed at. */
    private static final double PAGE = 1.5;

    /** How much a last column that holds next to nothing is worth in distance from the page. */
    private static final double REST = 0.4;

    private final Layering layering;
    private final BitSet ends = new BitSet();
    private final BitSet goodEnds = new BitSet();

    private Columns(Layering layering, List<Box> boxes) {
        this.layering = layering;
        for (int row = 0; row < layering.rows().size() - 1; row++) {
            if (layering.endsColumn(row)) {
                ends.set(row);
                String group =
                        boxes.get(layering.rows().get(row).getFirst().box).group();
                goodEnds.set(
                        row,
                        layering.rows().get(row + 1).stream()
                                .noneMatch(next -> next.isLane()
                                        || boxes.get(next.box).group().equals(group)));
            }
        }
    }

    static List<Column> of(Layering layering, List<Box> boxes, double pitch, double gutter) {
        Columns columns = new Columns(layering, boxes);
        int rows = layering.rows().size();
        List<Column> best = columns.broken(rows);
        for (int height = rows - 1; rows > SHORT && height >= LEAST && !columns.ends.isEmpty(); height--) {
            List<Column> tried = columns.broken(height);
            if (unlike(tried, pitch, gutter) < unlike(best, pitch, gutter)) {
                best = tried;
            }
        }
        return best;
    }

    /** How far from the page, the same for twice as wide and twice as high. */
    private static double unlike(List<Column> columns, double pitch, double gutter) {
        double width = gutter * (columns.size() - 1);
        int rows = 1;
        for (Column each : columns) {
            width += each.width();
            rows = Math.max(rows, each.rows());
        }
        double rest = 1 - (double) columns.getLast().rows() / rows;
        return Math.abs(Math.log(width / (rows * pitch) / PAGE)) + REST * rest;
    }

    /** Columns of about a height, ended where names change if there is such a place in their lower half. */
    private List<Column> broken(int height) {
        List<Column> columns = new ArrayList<>();
        int rows = layering.rows().size();
        int from = 0;
        while (rows - from > height) {
            int good = goodEnds.previousSetBit(from + height - 1);
            int any = ends.previousSetBit(from + height - 1);
            int end = good >= from + height / 2 ? good : any >= from ? any : ends.nextSetBit(from);
            if (end < 0) {
                break;
            }
            columns.add(column(from, end + 1));
            from = end + 1;
        }
        columns.add(column(from, rows));
        return columns;
    }

    private Column column(int from, int to) {
        double left = Double.POSITIVE_INFINITY;
        double right = Double.NEGATIVE_INFINITY;
        for (List<Spot> row : layering.rows().subList(from, to)) {
            left = Math.min(left, row.getFirst().x - row.getFirst().width / 2);
            right = Math.max(right, row.getLast().x + row.getLast().width / 2);
        }
        return new Column(from, to, left, right);
    }
}
