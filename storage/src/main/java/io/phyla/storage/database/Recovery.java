package io.phyla.storage.database;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the newest commit in a database file whose process was killed.
 *
 * <p>H2 2.5.252 looks for it from the file's header and from the file's end. But when it writes a commit into a gap of the
 * file, the header it writes with it names the commit <em>before</em>: after a kill, H2 by itself would go on from that
 * one, and acknowledged work would be gone. Its search through the whole file finds the newest commit wherever it is.
 */
final class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    private static final int HEADER_BYTES = 4096;
    private static final String CLOSED = "clean:1";

    private Recovery() {}

    /** Brings a file that was not closed into the state its newest commit left; any other file stays as it is. */
    static void recover(Path file) throws IOException {
        if (!Files.exists(file) || wasClosed(file)) {
            return;
        }
        long start = System.nanoTime();
        try {
            new MVStore.Builder()
                    .fileName(file.toString())
                    .recoveryMode()
                    .autoCommitDisabled()
                    .open()
                    .close();
            LOG.info("the database was not closed; recovered in {} ms", (System.nanoTime() - start) / 1_000_000);
        } catch (MVStoreException e) {
            if (e.getErrorCode() != DataUtils.ERROR_FILE_LOCKED) {
                throw e;
            }
            LOG.debug("{} is open in another process", file);
        }
    }

    private static boolean wasClosed(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(HEADER_BYTES), StandardCharsets.ISO_8859_1).contains(CLOSED);
        }
    }
}
