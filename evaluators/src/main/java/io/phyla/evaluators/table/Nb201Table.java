package io.phyla.evaluators.table;

import io.phyla.evaluators.data.InvalidDataException;
import io.phyla.spaces.Genome;
import io.phyla.spaces.nb201.CellString;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Columns of a comma-separated table with one row per NAS-Bench-201 architecture. */
final class Nb201Table {

    private static final String ARCHITECTURE = "arch_str";
    private static final int OPTIONS = 5;

    private final Map<String, double[]> columns;
    private final int[] rowOf;

    private Nb201Table(Map<String, double[]> columns, int[] rowOf) {
        this.columns = columns;
        this.rowOf = rowOf;
    }

    /** @throws InvalidDataException naming the line that cannot be read, or the column that is missing */
    static Nb201Table read(String name, Path file, List<String> wanted) {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            String header = lines.readLine();
            List<String> names = header == null ? List.of() : List.of(header.split(",", -1));
            int architecture = index(name, names, ARCHITECTURE);
            int[] index =
                    wanted.stream().mapToInt(each -> index(name, names, each)).toArray();
            int cells = (int) Math.pow(OPTIONS, 6);
            double[][] values = new double[index.length][cells];
            int[] rowOf = new int[cells];
            Arrays.fill(rowOf, -1);
            int row = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine(), row++) {
                try {
                    String[] parts = line.split(",", -1);
                    rowOf[place(CellString.parse(parts[architecture]))] = row;
                    for (int i = 0; i < index.length; i++) {
                        values[i][row] = Double.parseDouble(parts[index[i]]);
                    }
                } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                    throw new InvalidDataException(
                            "'" + name + "' is no such table: line " + (row + 2) + ": " + e.getMessage(), e);
                }
            }
            Map<String, double[]> columns = new HashMap<>();
            for (int i = 0; i < index.length; i++) {
                columns.put(wanted.get(i), values[i]);
            }
            return new Nb201Table(columns, rowOf);
        } catch (CharacterCodingException e) {
            throw new InvalidDataException(
                    "'" + name + "' is no text and so no table; is it a data set, or compressed?", e);
        } catch (IOException e) {
            throw new InvalidDataException("'" + name + "' cannot be read: " + e.getMessage(), e);
        }
    }

    private static int index(String name, List<String> names, String column) {
        int index = names.indexOf(column);
        if (index < 0) {
            throw new InvalidDataException(
                    "'" + name + "' is no such table: its first line names no column '" + column + "'");
        }
        return index;
    }

    private static int place(Genome genome) {
        int place = 0;
        for (int i = 0; i < genome.size(); i++) {
            place = place * OPTIONS + genome.option(i);
        }
        return place;
    }

    /** NaN if the table has no such architecture. */
    double value(String column, Genome genome) {
        int row = rowOf[place(genome)];
        return row < 0 ? Double.NaN : Objects.requireNonNull(columns.get(column), column)[row];
    }
}
