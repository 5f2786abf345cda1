package io.phyla.spaces.schema;

import java.util.Collection;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** "Did you mean": the known name nearest to a mistyped one. However many are known, time and answer are bounded. */
public final class Nearest {

    private static final int LONGEST_SHOWN = 60;
    private static final int LONGEST_COMPARED = 100;

    /** Characters after which no more known names are listed. */
    private static final int MOST_LISTED = 900;

    private Nearest() {}

    /** Says that a name is unknown, what it may have been meant to be, and which names there are. */
    public static String unknown(String what, String name, Collection<String> known) {
        String shown = name.length() <= LONGEST_SHOWN ? name : name.substring(0, LONGEST_SHOWN) + "...";
        String near = of(name, known);
        return "unknown " + what + " '" + shown + "'" + (near == null ? "." : "; did you mean '" + near + "'?")
                + (known.isEmpty() ? "" : " Known: " + listed(known));
    }

    private static String listed(Collection<String> known) {
        StringBuilder list = new StringBuilder();
        int count = 0;
        for (Iterator<String> names = known.iterator(); names.hasNext() && list.length() < MOST_LISTED; count++) {
            list.append(count == 0 ? "" : ", ").append(names.next());
        }
        return count == known.size() ? list.toString() : list + " and " + (known.size() - count) + " more";
    }

    private static @Nullable String of(String name, Collection<String> known) {
        if (name.length() > LONGEST_COMPARED) {
            return null;
        }
        int most = Math.max(1, (name.length() + 1) / 3);
        String nearest = null;
        for (String each : known) {
            int distance = distance(name, each, most);
            if (distance <= most) {
                // Only a nearer one will do from now on.
                most = distance - 1;
                nearest = each;
            }
        }
        return nearest;
    }

    /** Insertions, deletions and substitutions from one to the other; any number above {@code most} if more are needed. */
    private static int distance(String a, String b, int most) {
        if (Math.abs(a.length() - b.length()) > most) {
            return most + 1;
        }
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            int least = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitute = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substitute, 1 + Math.min(row[j], row[j - 1]));
                least = Math.min(least, row[j]);
            }
            if (least > most) {
                return least;
            }
        }
        return row[b.length()];
    }
}
