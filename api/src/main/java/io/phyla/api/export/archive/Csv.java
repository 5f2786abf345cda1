package io.phyla.api.export.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Comma-separated values (RFC 4180). */
record Csv(OutputStream out) {

    void row(List<String> cells) throws IOException {
        String row = cells.stream().map(Csv::quoted).collect(Collectors.joining(",", "", "\r\n"));
        out.write(row.getBytes(StandardCharsets.UTF_8));
    }

    private static String quoted(String cell) {
        boolean plain = cell.chars().noneMatch(each -> each == ',' || each == '"' || each == '\n' || each == '\r');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
