package io.phyla.spaces.drawing;

/** How wide text is, about, in whatever font a viewer has; taken from a wide one, so that text fits in narrower ones too. */
final class TextWidth {

    private TextWidth() {}

    /** In the unit of the font's size. */
    static int of(String text, double size) {
        return (int) Math.ceil(text.codePoints().mapToDouble(TextWidth::em).sum() * size);
    }

    private static double em(int codePoint) {
        if (codePoint > 0x2e80) {
            return 1;
        }
        if ("iIjl.,:;|!'·() ".indexOf(codePoint) >= 0) {
            return 0.36;
        }
        if ("mMwW@%…".indexOf(codePoint) >= 0) {
            return 0.98;
        }
        return Character.isUpperCase(codePoint) ? 0.70 : 0.63;
    }

    /** The text, its end replaced by dots if it has more letters. */
    static String cut(String text, int letters) {
        if (text.codePointCount(0, text.length()) <= letters) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, letters - 1)) + "…";
    }
}
