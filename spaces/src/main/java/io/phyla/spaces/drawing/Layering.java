package io.phyla.spaces.drawing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Boxes in rows from top to bottom (after Sugiyama, Tagawa, Toda, 1981): each as far down as its longest path from the input, edges
 * over several rows led around what stands between, boxes moved towards what they are connected to.
 */
final class Layering {

    /** An edge that is not led around anything. */
    record Straight(Spot from, Spot to) {}

    /** More would take longer than anybody waits for a picture; the longest edges are drawn straight then. */
    private static final int MOST_LANES = 20_000;

    private static final double LANE = 10;

    private final List<List<Spot>> rows = new ArrayList<>();
    private final List<Spot> spots = new ArrayList<>();
    private final List<Straight> straights = new ArrayList<>();
    private final BitSet crossed = new BitSet();

    /** @param widths of the boxes, by index */
    static Layering of(List<Box> boxes, double[] widths, double gap) {
        Layering layering = new Layering();
        int longest = layering.stand(boxes, widths);
        layering.connect(boxes, longest);
        new Ordering(layering.rows).run();
        new Placing(layering.rows, gap).run();
        return layering;
    }

    private Layering() {}

    /** The boxes in their rows; answers over how many rows an edge may be led. */
    private int stand(List<Box> boxes, double[] widths) {
        int[] reach = new int[boxes.size()];
        for (int i = 0; i < boxes.size(); i++) {
            int row = 0;
            for (int input : boxes.get(i).inputs()) {
                row = Math.max(row, spots.get(input).row + 1);
            }
            spots.add(put(Spot.box(row, i, widths[i])));
            for (int input : boxes.get(i).inputs()) {
                reach[input] = Math.max(reach[input], row - spots.get(input).row);
            }
        }
        int longest = 1;
        long lanes = 0;
        while (lanes <= MOST_LANES && longest < rows.size()) {
            int bound = longest++;
            lanes += Arrays.stream(reach).filter(each -> each > bound).count();
        }
        return longest;
    }

    private Spot put(Spot spot) {
        while (rows.size() <= spot.row) {
            rows.add(new ArrayList<>());
        }
        rows.get(spot.row).add(spot);
        return spot;
    }

    /** Edges of one source share their lanes. */
    private void connect(List<Box> boxes, int longest) {
        List<Map<Integer, Spot>> lanes = new ArrayList<>();
        for (int to = 0; to < boxes.size(); to++) {
            lanes.add(new HashMap<>());
            Spot target = spots.get(to);
            for (int from : boxes.get(to).inputs()) {
                Spot at = spots.get(from);
                if (target.row - at.row > longest) {
                    straights.add(new Straight(at, target));
                    crossed.set(at.row, target.row);
                } else {
                    for (int row = at.row + 1; row < target.row; row++) {
                        at = lane(lanes.get(from), at, row);
                    }
                    at.leads(target);
                }
            }
        }
    }

    private Spot lane(Map<Integer, Spot> lanes, Spot before, int row) {
        Spot known = lanes.get(row);
        if (known != null) {
            return known;
        }
        Spot lane = put(Spot.lane(row, LANE));
        before.leads(lane);
        lanes.put(row, lane);
        return lane;
    }

    List<List<Spot>> rows() {
        return rows;
    }

    /** Where each box stands, by its index. */
    Spot spot(int box) {
        return spots.get(box);
    }

    List<Straight> straights() {
        return straights;
    }

    /** Whether everything below the row comes out of the one box in it, so that a column may end here. */
    boolean endsColumn(int row) {
        return rows.get(row).size() == 1 && !rows.get(row).getFirst().isLane() && !crossed.get(row);
    }
}
