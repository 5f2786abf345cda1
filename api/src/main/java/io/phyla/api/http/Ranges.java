package io.phyla.api.http;

import io.phyla.api.problem.ProblemException;
import io.phyla.api.problem.ProblemType;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Range requests (RFC 9110, section 14). What is no single range of bytes is ignored, as the standard allows. */
final class Ranges {

    private static final Pattern SINGLE = Pattern.compile("\\s*bytes\\s*=\\s*(\\d{0,18})\\s*-\\s*(\\d{0,18})\\s*");

    /** Bytes from one up to and with another. */
    record Range(long first, long last) {
        long length() {
            return last - first + 1;
        }
    }

    private Ranges() {}

    /**
     * The part asked for; null if it is the whole.
     *
     * @param ifRange the part is wanted only of what has this validator
     * @throws ProblemException if nothing of the file is in the range
     */
    static @Nullable Range of(@Nullable String range, @Nullable String ifRange, String tag, long bytes) {
        Matcher asked = range == null ? null : SINGLE.matcher(range);
        if (asked == null
                || !asked.matches()
                || ifRange != null && !ifRange.strip().equals('"' + tag + '"')) {
            return null;
        }
        String from = asked.group(1);
        String to = asked.group(2);
        if (from.isEmpty() && to.isEmpty()) {
            return null;
        }
        long first = from.isEmpty() ? Math.max(0, bytes - Long.parseLong(to)) : Long.parseLong(from);
        long last = from.isEmpty() || to.isEmpty() ? bytes - 1 : Math.min(bytes - 1, Long.parseLong(to));
        if (!from.isEmpty() && !to.isEmpty() && Long.parseLong(to) < first) {
            return null;
        }
        if (first > last) {
            throw new ProblemException(
                            ProblemType.RANGE_NOT_SATISFIABLE,
                            "there are " + bytes + " bytes, none of them in " + range)
                    .with("Content-Range", "bytes */" + bytes);
        }
        return new Range(first, last);
    }
}
