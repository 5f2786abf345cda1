package io.phyla.spaces.drawing;

import java.util.Comparator;
import java.util.List;

/** Orders each row by the mean place of what its spots are connected to, down and up in turns; ties stay as they are. */
final class Ordering {

    private static final int SWEEPS = 8;

    private final List<List<Spot>> rows;

    Ordering(List<List<Spot>> rows) {
        this.rows = rows;
    }

    void run() {
        rows.forEach(Ordering::number);
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            boolean down = sweep % 2 == 0;
            for (List<Spot> row : down ? rows : rows.reversed()) {
                for (Spot each : row) {
                    each.wish = Placing.mean(down ? each.above : each.below, each.x);
                }
                row.sort(Comparator.comparingDouble(each -> each.wish));
                number(row);
            }
        }
    }

    /** Places count from the middle of a row. */
    private static void number(List<Spot> row) {
        for (int i = 0; i < row.size(); i++) {
            row.get(i).x = i - (row.size() - 1) / 2.0;
        }
    }
}
