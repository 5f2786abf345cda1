package io.phyla.spaces.drawing;

import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.NetworkCost;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A network or a layer program as a picture in SVG 1.1, without scripts, style sheets and fonts of its own, on any background. Rows go from the input
 * down; a long network is broken into columns. Every box tells its layers when pointed at.
 */
public final class SvgDrawing {

    private static final String FONTS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif";
    private static final String INK = "#15201b";
    private static final String SOFT = "#4d5a54";
    private static final String LINE = "#7d8b85";
    private static final int LETTERS = 44;
    private static final int TITLE = 12;
    private static final int DETAIL = 10;
    private static final int INSET = 12;
    private static final int NARROWEST = 84;
    private static final int FRAME = 9;

    /** The border of what is to be seen first. */
    static final String MARK = "#d9480f";

    private final String title;
    private final List<Box> boxes;
    private final List<String> told;
    private final Set<Integer> marked;
    private final double[] widths;
    private final Page page;
    private final StringBuilder svg = new StringBuilder();

    /**
     * @param told what each box tells when pointed at
     * @param marked boxes with a border that is seen first
     */
    private SvgDrawing(String title, List<Box> boxes, List<String> told, Set<Integer> marked) {
        this.title = title;
        this.boxes = boxes;
        this.told = told;
        this.marked = marked;
        widths = boxes.stream().mapToDouble(SvgDrawing::width).toArray();
        page = new Page(boxes, widths);
    }

    /** The whole document; the same for the same network. */
    public static String of(Network network) {
        List<Box> boxes = Boxes.of(network);
        List<String> told = boxes.stream().map(each -> told(network, each)).toList();
        return new SvgDrawing(network.toString(), boxes, told, Set.of()).draw();
    }

    /** The nodes that have a part in the output, numbered as in the program. */
    public static String of(LayerProgram program) {
        return of(program, Set.of());
    }

    /** @param highlighted numbers of nodes to be seen first, such as those that a mutation changed */
    public static String of(LayerProgram program, Set<Integer> highlighted) {
        ProgramBoxes drawn = ProgramBoxes.of(program);
        return new SvgDrawing(drawn.title(), drawn.boxes(), drawn.told(), drawn.indices(highlighted)).draw();
    }

    private static double width(Box box) {
        int title = TextWidth.of(TextWidth.cut(box.title(), LETTERS), TITLE);
        int detail = TextWidth.of(TextWidth.cut(box.detail(), LETTERS), DETAIL);
        return Math.max(NARROWEST, Math.max(title, detail) + 2 * INSET);
    }

    private String draw() {
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"").append(page.width());
        svg.append("\" height=\"")
                .append(page.height())
                .append("\" viewBox=\"0 0 ")
                .append(page.width());
        svg.append(' ')
                .append(page.height())
                .append("\" role=\"img\" font-family=\"")
                .append(FONTS);
        svg.append("\" text-anchor=\"middle\">\n<title>")
                .append(Xml.text(title))
                .append("</title>\n");
        frames();
        svg.append("<g fill=\"none\" stroke=\"").append(LINE).append("\" stroke-width=\"1.5\">\n");
        page.paths().forEach(each -> svg.append("<path d=\"").append(each).append("\"/>\n"));
        svg.append("</g>\n");
        for (int i = 0; i < boxes.size(); i++) {
            box(i);
        }
        return svg.append("</svg>\n").toString();
    }

    private void box(int index) {
        Box box = boxes.get(index);
        int x = page.x(index);
        int y = page.y(index);
        int width = (int) widths[index];
        svg.append("<g><title>")
                .append(Xml.text(told.get(index)))
                .append("</title><rect x=\"")
                .append(x - width / 2);
        svg.append("\" y=\"")
                .append(y)
                .append("\" width=\"")
                .append(width)
                .append("\" height=\"")
                .append(Page.HEIGHT);
        svg.append("\" rx=\"7\" fill=\"")
                .append(box.kind().fill())
                .append("\" stroke=\"")
                .append(marked.contains(index) ? MARK + "\" stroke-width=\"3" : box.kind().stroke());
        svg.append("\"/>");
        text(x, y + 17, TITLE, INK, box.title());
        text(x, y + 31, DETAIL, SOFT, box.detail());
        svg.append("</g>\n");
    }

    private void text(int x, int y, int size, String colour, String text) {
        svg.append("<text x=\"")
                .append(x)
                .append("\" y=\"")
                .append(y)
                .append("\" font-size=\"")
                .append(size);
        svg.append("\" fill=\"").append(colour).append("\">").append(Xml.text(TextWidth.cut(text, LETTERS)));
        svg.append("</text>");
    }

    private static String told(Network network, Box box) {
        List<String> lines = new ArrayList<>();
        for (int node : box.members()) {
            long params = NetworkCost.params(network, node);
            lines.add(network.nodes().get(node).name() + ": " + LayerLabel.of(network, node) + ", "
                    + network.shapes().get(node) + (params == 0 ? "" : ", " + params + " parameters"));
        }
        return String.join("\n", lines);
    }

    /** A frame around the boxes of a column that share a name, if nobody else's box is in it. */
    private void frames() {
        Map<List<Object>, List<Integer>> groups = new LinkedHashMap<>();
        for (int i = 0; i < boxes.size(); i++) {
            groups.computeIfAbsent(List.of(boxes.get(i).group(), page.column(i)), _ -> new ArrayList<>())
                    .add(i);
        }
        groups.forEach((key, members) -> {
            Frame frame = new Frame(page, widths, members);
            if (!String.valueOf(key.getFirst()).isEmpty()
                    && members.size() > 1
                    && frame.holds(boxes.size()) == members.size()) {
                frame(frame, String.valueOf(key.getFirst()));
            }
        });
    }

    private void frame(Frame frame, String name) {
        svg.append("<rect x=\"").append(frame.left() - FRAME).append("\" y=\"").append(frame.top() - FRAME);
        svg.append("\" width=\"")
                .append(frame.right() - frame.left() + 2 * FRAME)
                .append("\" height=\"");
        svg.append(frame.bottom() - frame.top() + 2 * FRAME)
                .append("\" rx=\"11\" fill=\"")
                .append(LINE);
        svg.append("\" fill-opacity=\"0.09\" stroke=\"").append(LINE).append("\" stroke-opacity=\"0.5\"/>");
        svg.append("<text x=\"")
                .append(frame.left() - FRAME + 4)
                .append("\" y=\"")
                .append(frame.top() - FRAME - 4);
        svg.append("\" font-size=\"").append(DETAIL).append("\" fill=\"").append(LINE);
        svg.append("\" text-anchor=\"start\">")
                .append(Xml.text(TextWidth.cut(name, LETTERS)))
                .append("</text>\n");
    }
}
