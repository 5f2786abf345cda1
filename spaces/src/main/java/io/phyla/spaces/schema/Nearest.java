package io.phyla.spaces.schema;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** "Did you mean": the known name nearest to a mistyped one. */
public final class Nearest {

    private Nearest() {}

    /** Says that a name is unknown, what it may have been meant to be, and which names there are. */
    public static String unknown(String what, String name, Collection<String> known) {
        String shown = name.length() <= 60 ? name : name.substring(0, 60) + "...";
        return "unknown " + what + " '" + shown + "'"
                + of(name, known).map(near -> "; did you mean '" + near + "'?").orElse(".")
                + (known.isEmpty() ? "" : " Known: " + String.join(", ", known));
    }

    private static Optional<String> of(String name, Collection<String> known) {
        int most = Math.max(1, (name.length() + 1) / 3);
        return name.length() > 100
                ? Optional.empty()
                : known.stream()
                        .filter(each -> distance(name, each) <= most)
                        .min(Comparator.comparingInt(each -> distance(name, each)));
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitute = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substitute, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
