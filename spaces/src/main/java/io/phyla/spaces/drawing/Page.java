package io.phyla.spaces.drawing;

import io.phyla.spaces.drawing.Columns.Column;
import java.util.ArrayList;
import java.util.List;

/** Places on paper, in whole units: the rows of {@link Layering} in the columns of {@link Columns}. */
final class Page {

    static final int HEIGHT = 40;
    static final int MARGIN = 26;

    private static final int GAP_X = 16;
    private static final int PITCH = HEIGHT + 36;
    private static final int GUTTER = 56;

    /** Where columns go on: the height of the line over them, and of the room below it. */
    private static final int CONTINUATION = 44;

    private static final int CORNER = 8;

    private final Layering layering;
    private final List<Column> columns;
    private final int[] columnOf;
    private final double[] offset;

    Page(List<Box> boxes, double[] widths) {
        layering = Layering.of(boxes, widths, GAP_X);
        columns = Columns.of(layering, boxes, PITCH, GUTTER);
        columnOf = new int[layering.rows().size()];
        offset = new double[columns.size()];
        double x = MARGIN;
        for (int i = 0; i < columns.size(); i++) {
            Column it = columns.get(i);
            offset[i] = x - it.left();
            x += it.width() + GUTTER;
            for (int row = it.from(); row < it.to(); row++) {
                columnOf[row] = i;
            }
        }
    }

    int width() {
        return (int) Math.ceil(columns.getLast().right() + offset[columns.size() - 1]) + MARGIN;
    }

    int height() {
        int rows = columns.stream().mapToInt(Column::rows).max().orElse(1);
        return top() + rows * PITCH - (PITCH - HEIGHT) + MARGIN;
    }

    private int top() {
        return MARGIN + (columns.size() > 1 ? CONTINUATION : 0);
    }

    int column(int box) {
        return columnOf[layering.spot(box).row];
    }

    /** Centre of a box. */
    int x(int box) {
        return x(layering.spot(box));
    }

    /** Upper edge of a box. */
    int y(int box) {
        return y(layering.spot(box));
    }

    private int x(Spot spot) {
        return (int) Math.round(spot.x + offset[columnOf[spot.row]]);
    }

    private int y(Spot spot) {
        return top() + (spot.row - columns.get(columnOf[spot.row]).from()) * PITCH;
    }

    /** All edges as SVG paths, and the lines that lead from the end of a column to the next one's top. */
    List<String> paths() {
        List<String> paths = new ArrayList<>();
        for (int column = 1; column < columns.size(); column++) {
            paths.add(continuation(column));
        }
        for (List<Spot> row : layering.rows()) {
            row.stream().filter(each -> !each.below.isEmpty()).forEach(each -> paths.add(path(each)));
        }
        for (Layering.Straight each : layering.straights()) {
            StringBuilder path = new StringBuilder();
            piece(path, each.from(), each.to());
            paths.add(path.toString());
        }
        return paths;
    }

    /** What leads from a spot to those of the next row, and through lanes. */
    private String path(Spot from) {
        StringBuilder path = new StringBuilder();
        for (Spot to : from.below) {
            piece(path, from, to);
            if (to.isLane()) {
                path.append('V').append(y(to) + HEIGHT);
            }
        }
        return path.toString();
    }

    private void piece(StringBuilder path, Spot from, Spot to) {
        boolean goesOn = columnOf[from.row] != columnOf[to.row];
        int x1 = goesOn ? port(columnOf[to.row]) : x(from);
        int y1 = goesOn ? MARGIN + CORNER : y(from) + HEIGHT;
        int x2 = x(to);
        int y2 = y(to);
        int bend = (y2 - y1) / 2;
        path.append('M').append(x1).append(' ').append(y1);
        if (x1 == x2) {
            path.append('V').append(y2);
        } else {
            path.append('C')
                    .append(x1)
                    .append(' ')
                    .append(y1 + bend)
                    .append(' ')
                    .append(x2)
                    .append(' ');
            path.append(y2 - bend).append(' ').append(x2).append(' ').append(y2);
        }
    }

    /** Where what leaves the column before arrives over this one. */
    private int port(int column) {
        Column it = columns.get(column);
        double least = it.left() + 2 * CORNER;
        double x = Math.clamp(end(column - 1).x, least, Math.max(least, it.right()));
        return (int) Math.round(x + offset[column]);
    }

    /** The one box that a column but the last ends with. */
    private Spot end(int column) {
        return layering.rows().get(columns.get(column).to() - 1).getFirst();
    }

    private String continuation(int column) {
        Spot end = end(column - 1);
        int x = x(end);
        int out = y(end) + HEIGHT + 2 * CORNER;
        int gutter = (int) Math.round(columns.get(column - 1).right() + offset[column - 1] + GUTTER / 2.0);
        int port = port(column);
        return "M" + x + " " + (y(end) + HEIGHT) + "V" + (out - CORNER) + corner(x, out, CORNER, 0)
                + "H" + (gutter - CORNER) + corner(gutter, out, 0, -CORNER)
                + "V" + (MARGIN + CORNER) + corner(gutter, MARGIN, CORNER, 0)
                + "H" + (port - CORNER) + corner(port, MARGIN, 0, CORNER);
    }

    /** A rounded corner at x,y that ends so far from it. */
    private static String corner(int x, int y, int dx, int dy) {
        return "Q" + x + " " + y + " " + (x + dx) + " " + (y + dy);
    }
}
