package io.phyla.spaces.drawing;

import java.util.List;

/** What some boxes of one column span. */
record Frame(Page page, double[] widths, int column, int left, int right, int top, int bottom) {

    Frame(Page page, double[] widths, List<Integer> boxes) {
        this(
                page,
                widths,
                page.column(boxes.getFirst()),
                boxes.stream()
                        .mapToInt(each -> page.x(each) - (int) widths[each] / 2)
                        .min()
                        .orElse(0),
                boxes.stream()
                        .mapToInt(each -> page.x(each) + (int) widths[each] / 2)
                        .max()
                        .orElse(0),
                boxes.stream().mapToInt(page::y).min().orElse(0),
                boxes.stream().mapToInt(page::y).max().orElse(0) + Page.HEIGHT);
    }

    /** How many of the first so many boxes it touches. */
    int holds(int boxes) {
        int held = 0;
        for (int i = 0; i < boxes; i++) {
            boolean beside = page.x(i) + widths[i] / 2 < left || page.x(i) - widths[i] / 2 > right;
            boolean apart = page.y(i) + Page.HEIGHT < top || page.y(i) > bottom;
            held += page.column(i) != column || beside || apart ? 0 : 1;
        }
        return held;
    }
}
