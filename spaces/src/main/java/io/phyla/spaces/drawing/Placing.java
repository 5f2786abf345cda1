package io.phyla.spaces.drawing;

import java.util.List;

/** Gives ordered rows their places across, near what each spot is connected to and never on another. */
final class Placing {

    private static final int SWEEPS = 16;

    /** How much a row follows its neighbours; the rest pulls to the middle, or long networks would drift aside. */
    private static final double HOLD = 0.88;

    private final List<List<Spot>> rows;
    private final double gap;

    Placing(List<List<Spot>> rows, double gap) {
        this.rows = rows;
        this.gap = gap;
    }

    void run() {
        rows.forEach(this::spread);
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            boolean down = sweep % 2 == 0;
            for (List<Spot> row : down ? rows : rows.reversed()) {
                follow(row, down);
            }
        }
    }

    private void spread(List<Spot> row) {
        double x = 0;
        for (int i = 0; i < row.size(); i++) {
            x += i == 0 ? 0 : apart(row.get(i - 1), row.get(i));
            row.get(i).x = x;
        }
        for (Spot each : row) {
            each.x -= x / 2;
        }
    }

    private void follow(List<Spot> row, boolean down) {
        double off = 0;
        for (int i = 0; i < row.size(); i++) {
            Spot it = row.get(i);
            it.wish = HOLD * mean(down ? it.above : it.below, it.x);
            it.x = i == 0 ? it.wish : Math.max(it.wish, row.get(i - 1).x + apart(row.get(i - 1), it));
            off += it.wish - it.x;
        }
        for (Spot each : row) {
            each.x += off / row.size();
        }
    }

    private double apart(Spot left, Spot right) {
        return (left.width + right.width) / 2 + gap;
    }

    static double mean(List<Spot> spots, double otherwise) {
        if (spots.isEmpty()) {
            return otherwise;
        }
        double sum = 0;
        for (Spot each : spots) {
            sum += each.x;
        }
        return sum / spots.size();
    }
}
