package io.phyla.evaluators.layer;

import io.phyla.evaluators.layer.ResponseCurves.Curve;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Response curves as a picture in SVG 1.1: values as lines, slopes dashed, on any background. */
public final class CurveDrawing {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 400;
    private static final int MARGIN = 40;
    private static final int LEGEND = 18;
    private static final double LEAST = 1;
    private static final double MOST = 12;
    private static final String INK = "#4d5a54";
    private static final String LINE = "#7d8b85";
    private static final List<String> COLOURS = List.of("#1b7f5c", "#b4552d", "#3a5fa8", "#8a4f9e");

    private final List<Curve> curves;
    private final double left;
    private final double right;
    private final double low;
    private final double high;
    private final StringBuilder svg = new StringBuilder();

    private CurveDrawing(List<Curve> curves) {
        this.curves = curves;
        left = -ResponseCurves.REACH;
        right = ResponseCurves.REACH;
        // What shoots up somewhere must not flatten the rest.
        double reach = curves.stream()
                .flatMapToDouble(curve -> Arrays.stream(curve.y()))
                .filter(Double::isFinite)
                .map(Math::abs)
                .max()
                .orElse(LEAST);
        high = Math.clamp(Math.ceil(reach), LEAST, MOST);
        low = -high;
    }

    /** The whole document; the same for the same curves. */
    public static String of(List<Curve> curves) {
        return new CurveDrawing(curves).draw();
    }

    private String draw() {
        int height = HEIGHT + LEGEND * curves.size();
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\""
                .formatted(WIDTH, height, WIDTH, height));
        svg.append(" font-family=\"system-ui, 'DejaVu Sans', sans-serif\" font-size=\"11\" fill=\"").append(INK);
        svg.append("\">\n<title>What the layer makes of one element, and its slope (dashed)</title>\n");
        axes();
        for (int i = 0; i < curves.size(); i++) {
            Curve curve = curves.get(i);
            String colour = COLOURS.get(i % COLOURS.size());
            line(curve.x(), curve.y(), colour, "");
            line(curve.x(), curve.slope(), colour, " stroke-dasharray=\"4 4\" stroke-opacity=\"0.6\"");
            int y = HEIGHT + LEGEND * i + 4;
            svg.append("<path d=\"M%d %dh24\" stroke=\"%s\" stroke-width=\"2\"/>".formatted(MARGIN, y, colour));
            svg.append("<text x=\"%d\" y=\"%d\">%s</text>\n".formatted(MARGIN + 32, y + 4, curve.name()));
        }
        return svg.append("</svg>\n").toString();
    }

    private void axes() {
        svg.append("<path d=\"M%s %sH%s M%s %sV%s\" fill=\"none\" stroke=\"%s\"/>\n".formatted(
                number(px(left)), number(py(0)), number(px(right)), number(px(0)), number(py(low)), number(py(high)), LINE));
        svg.append("<text x=\"%s\" y=\"%s\">%s</text>".formatted(number(px(left)), number(py(0) + 14), whole(left)));
        svg.append("<text x=\"%s\" y=\"%s\" text-anchor=\"end\">%s</text>"
                .formatted(number(px(right)), number(py(0) + 14), whole(right)));
        svg.append("<text x=\"%s\" y=\"%s\">%s</text>".formatted(number(px(0) + 5), number(py(high) + 4), whole(high)));
        svg.append("<text x=\"%s\" y=\"%s\">%s</text>\n".formatted(number(px(0) + 5), number(py(low) + 4), whole(low)));
    }

    /** Broken where it leaves the picture. */
    private void line(double[] x, double[] y, String colour, String style) {
        StringBuilder path = new StringBuilder();
        boolean drawing = false;
        for (int i = 0; i < x.length; i++) {
            boolean inside = y[i] >= low && y[i] <= high;
            if (inside) {
                path.append(drawing ? 'L' : 'M').append(number(px(x[i]))).append(' ').append(number(py(y[i])));
            }
            drawing = inside;
        }
        svg.append("<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.8\"%s/>\n".formatted(path, colour, style));
    }

    private double px(double x) {
        return MARGIN + (x - left) / (right - left) * (WIDTH - 2 * MARGIN);
    }

    private double py(double y) {
        return MARGIN / 2.0 + (high - y) / (high - low) * (HEIGHT - MARGIN);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%.0f", value);
    }
}
