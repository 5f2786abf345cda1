package io.phyla.evaluators.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much of a process's memory is in use. */
final class ResidentMemory {

    private static final long PAGE_BYTES = 4096;

    private ResidentMemory() {}

    /** 0 where the system does not say, and when the process is gone. */
    static long bytes(long pid) {
        try {
            String[] pages = Files.readString(Path.of("/proc", Long.toString(pid), "statm"))
                    .split(" ", -1);
            return pages.length > 1 ? Long.parseLong(pages[1]) * PAGE_BYTES : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
