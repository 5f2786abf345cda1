package io.phyla.api.export;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** A report on its way. Text is escaped, so that names that users chose cannot become markup. */
public final class Markdown {

    private static final String SPECIAL = "\\`*[]<>|~&";

    private final StringBuilder text = new StringBuilder();

    /** A heading, levels counted from 1. */
    public Markdown heading(int level, String words) {
        gap();
        text.append("#".repeat(level)).append(' ').append(escaped(words)).append('\n');
        return this;
    }

    public Markdown paragraph(String words) {
        gap();
        text.append(escaped(words)).append('\n');
        return this;
    }

    /** A paragraph that must not be overlooked. */
    public Markdown notice(String words) {
        gap();
        text.append("> **").append(escaped(words)).append("**\n");
        return this;
    }

    public Markdown item(String words) {
        if (!lastLine().startsWith("- ")) {
            gap();
        }
        text.append("- ").append(escaped(words)).append('\n');
        return this;
    }

    /** Lines to be taken literally; their language may be empty. */
    public Markdown code(String language, String lines) {
        gap();
        String fence = "```";
        while (lines.contains(fence)) {
            fence += "`";
        }
        text.append(fence)
                .append(language)
                .append('\n')
                .append(lines.stripTrailing())
                .append('\n');
        text.append(fence).append('\n');
        return this;
    }

    /** A picture that is in the text itself. */
    public Markdown picture(String words, String svg) {
        gap();
        String data = Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8));
        text.append("![").append(escaped(words)).append("](data:image/svg+xml;base64,").append(data).append(")\n");
        return this;
    }

    /** A table; without rows nothing. */
    public Markdown table(List<String> columns, List<List<String>> rows) {
        if (!rows.isEmpty()) {
            gap();
            row(columns);
            row(columns.stream().map(_ -> "---").toList());
            rows.forEach(each -> row(each.stream().map(Markdown::escaped).toList()));
        }
        return this;
    }

    private void row(List<String> cells) {
        text.append(cells.stream().collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    private void gap() {
        if (!text.isEmpty()) {
            text.append('\n');
        }
    }

    private String lastLine() {
        int end = text.length() - 1;
        return end < 0 ? "" : text.substring(text.lastIndexOf("\n", end - 1) + 1);
    }

    /** On one line, without meaning to Markdown or HTML. */
    static String escaped(String words) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < words.length(); i++) {
            char each = words.charAt(i);
            if (SPECIAL.indexOf(each) >= 0 || each == '_' && !withinWord(words, i) || each == '#' && i == 0) {
                escaped.append('\\');
            }
            escaped.append(Character.isISOControl(each) ? ' ' : each);
        }
        return escaped.toString();
    }

    /** There an underscore means nothing. */
    private static boolean withinWord(String words, int at) {
        return at > 0
                && at + 1 < words.length()
                && Character.isLetterOrDigit(words.charAt(at - 1))
                && Character.isLetterOrDigit(words.charAt(at + 1));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
