package io.phyla.search.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Correlations over published results, as computed elsewhere and given to three digits. */
class PublishedCorrelationsTest {

    private static final List<String> DATA_SETS = List.of("c10", "c100", "in16");

    private String data = "";

    @BeforeEach
    void findData() {
        String found = System.getenv("PHYLA_DATA");
        Assumptions.assumeTrue(found != null, "PHYLA_DATA is not set: published correlations are not checked");
        data = found;
    }

    @Test
    void parametersAgainstAccuracyOverTheWholeSpace() throws IOException {
        List<Map<String, String>> rows = rows("nb201_all_15625.csv");
        assertThat(rows).hasSize(15_625);
        double[][] expected = {{.751, .576}, {.727, .552}, {.690, .519}};
        for (int i = 0; i < DATA_SETS.size(); i++) {
            double[] parameters = column(rows, "params_" + DATA_SETS.get(i));
            double[] macs = column(rows, "flops_" + DATA_SETS.get(i));
            double[] accuracy = column(rows, DATA_SETS.get(i) + "_test_200");
            double spearman = Correlation.SPEARMAN.of(parameters, accuracy);
            assertThat(spearman).isCloseTo(expected[i][0], within(.0006));
            assertThat(Correlation.SPEARMAN.of(macs, accuracy)).isCloseTo(spearman, within(1e-12));
            assertThat(Correlation.KENDALL.of(parameters, accuracy)).isCloseTo(expected[i][1], within(.0006));
        }
    }

    @Test
    void twelveEpochsAgainstTwoHundred() throws IOException {
        List<Map<String, String>> rows = rows("nb201_all_15625.csv");
        double[] early = column(rows, "c10_val_12");
        double[] late = column(rows, "c10_test_200");
        assertThat(Correlation.SPEARMAN.of(early, late)).isCloseTo(.772, within(.0006));
        assertThat(Correlation.KENDALL.of(early, late)).isCloseTo(.594, within(.0006));
    }

    @Test
    void precomputedProxiesOverTheSubset() throws IOException {
        Map<String, double[]> expected = Map.of(
                "synflow_log", new double[] {.777, .757, .763},
                "jacov", new double[] {.724, .739, .728},
                "params_M", new double[] {.719, .689, .672},
                "l2_norm", new double[] {.698, .706, .693},
                "epe_nas", new double[] {.656, .428, .118},
                "snip", new double[] {.638, .642, .589},
                "grad_norm", new double[] {.626, .642, .589},
                "grasp", new double[] {.565, .511, .512},
                "fisher", new double[] {.527, .545, .492},
                "plain", new double[] {-.157, -.255, -.193});
        Map<String, Map<String, String>> results = new HashMap<>();
        for (Map<String, String> row : rows("nb201_all_15625.csv")) {
            results.put(cell(row, "index"), row);
        }
        List<Map<String, String>> all = rows("nb201_naslib_proxies_491x3.csv");
        List<String> names =
                all.stream().map(row -> cell(row, "dataset")).distinct().toList();
        assertThat(names).hasSize(DATA_SETS.size());
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            List<Map<String, String>> rows = all.stream()
                    .filter(row -> cell(row, "dataset").equals(name))
                    .toList();
            assertThat(rows).hasSize(491);
            String accuracy = DATA_SETS.get(i) + "_test_200";
            double[] accuracies = rows.stream()
                    .mapToDouble(row -> number(results.getOrDefault(cell(row, "index"), Map.of()), accuracy))
                    .toArray();
            for (Map.Entry<String, double[]> entry : expected.entrySet()) {
                assertThat(Correlation.SPEARMAN.of(column(rows, entry.getKey()), accuracies))
                        .as(name + " " + entry.getKey())
                        .isCloseTo(entry.getValue()[i], within(.0006));
            }
        }
    }

    private List<Map<String, String>> rows(String file) throws IOException {
        List<String> lines = Files.readAllLines(Path.of(data, "nas", file));
        String[] names = lines.getFirst().split(",");
        return lines.stream()
                .skip(1)
                .map(line -> {
                    String[] cells = line.split(",", -1);
                    Map<String, String> row = new HashMap<>();
                    for (int i = 0; i < names.length; i++) {
                        row.put(names[i], cells[i]);
                    }
                    return row;
                })
                .toList();
    }

    private static double[] column(List<Map<String, String>> rows, String name) {
        return rows.stream().mapToDouble(row -> number(row, name)).toArray();
    }

    private static double number(Map<String, String> row, String name) {
        return Double.parseDouble(cell(row, name));
    }

    private static String cell(Map<String, String> row, String name) {
        String cell = row.get(name);
        if (cell == null) {
            throw new IllegalArgumentException("no column '" + name + "'");
        }
        return cell;
    }
}
