package io.phyla.evaluators.worker;

import java.util.regex.Pattern;

/** Out of what a process writes to its error stream, what says why it died. */
final class LastWords {

    /** How a JVM that crashes begins its report: {@code #  SIGSEGV (0xb) at pc=...}. */
    private static final Pattern CRASH = Pattern.compile("#  (SIG[A-Z]+|Internal Error|Out of Memory Error).*");

    /** The frame it crashed in: {@code # C  [libdnnl.so.3+0x1234]  name}. */
    private static final Pattern FRAME = Pattern.compile("# [CVvjJA]  .*");

    private static final int LONGEST = 200;

    private volatile String crash = "";
    private volatile String frame = "";
    private volatile String last = "";

    /** The next line; called by one thread. */
    void add(String line) {
        if (crash.isEmpty() && CRASH.matcher(line).matches()) {
            crash = text(line);
        } else if (frame.isEmpty() && !crash.isEmpty() && FRAME.matcher(line).matches()) {
            frame = " in " + text(line);
        } else if (!line.isBlank()) {
            last = text(line);
        }
    }

    private static String text(String line) {
        String text = line.replaceFirst("^#", "").strip();
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }

    /** The crash and its place; empty if there was none. */
    String crash() {
        return crash + frame;
    }

    /** The last line; empty if there was none. */
    String last() {
        return last;
    }
}
