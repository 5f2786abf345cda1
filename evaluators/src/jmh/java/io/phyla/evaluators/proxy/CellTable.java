package io.phyla.evaluators.proxy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Published results of cells, by column. */
final class CellTable {

    private final Map<String, Integer> columns = new TreeMap<>();
    private final List<String[]> rows;

    private CellTable(String[] header, List<String[]> rows) {
        for (int i = 0; i < header.length; i++) {
            columns.put(header[i], i);
        }
        this.rows = rows;
    }

    static CellTable read(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            List<String[]> all = lines.map(line -> line.split(",")).toList();
            return new CellTable(all.getFirst(), all.subList(1, all.size()));
        }
    }

    /** So many rows, drawn without replacement. */
    CellTable sample(int count, long seed) {
        int[] order = IntStream.range(0, rows.size()).toArray();
        SplittableRandom random = new SplittableRandom(seed);
        int drawn = Math.min(count, order.length);
        for (int i = 0; i < drawn; i++) {
            int j = random.nextInt(i, order.length);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
        String[] header = new String[columns.size()];
        columns.forEach((name, index) -> header[index] = name);
        return new CellTable(
                header, IntStream.of(order).limit(drawn).mapToObj(rows::get).toList());
    }

    List<String> column(String name) {
        Integer index = columns.get(name);
        if (index == null) {
            throw new IllegalArgumentException("the table has no column " + name);
        }
        return rows.stream().map(row -> row[index]).toList();
    }

    double[] numbers(String name) {
        return column(name).stream().mapToDouble(Double::parseDouble).toArray();
    }
}
