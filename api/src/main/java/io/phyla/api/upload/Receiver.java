package io.phyla.api.upload;

import io.phyla.api.http.FileBody;
import io.phyla.api.problem.ProblemException;
import io.phyla.api.problem.ProblemType;
import io.phyla.evaluators.artifacts.Incoming;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

/** Writes a body to the disk as it comes, and never more than there is room for. */
final class Receiver {

    /** What uploads leave to the database and to everybody else. */
    private static final long RESERVE = 256L << 20;

    /** Nobody keeps a place for ever; a largest file comes in an hour at 300 KB a second. */
    private static final Duration LONGEST = Duration.ofHours(1);

    /** Nor with a byte now and then. */
    private static final long LEAST_A_SECOND = 1 << 10;

    private static final Duration GRACE = Duration.ofMinutes(1);

    private static final int BUFFER = 1 << 16;
    private static final long LOOK_EVERY = 16L << 20;

    private final Incoming incoming;
    private final UploadLimits limits;

    Receiver(Incoming incoming, UploadLimits limits) {
        this.incoming = incoming;
        this.limits = limits;
    }

    /** A file that has come whole. */
    record Received(Path file, String sha256, long bytes) {}

    /**
     * What the client says of a body that is yet to come.
     *
     * @throws ProblemException if that is too much
     */
    void check(FileBody body) {
        body.announced().ifPresent(this::checkAnnounced);
    }

    /**
     * Reads a whole body.
     *
     * @param directory that is removed whatever happens
     * @throws ProblemException if it is too large, the disk is full or the client is gone
     */
    Received receive(FileBody body, Path directory) {
        Path file = directory.resolve("content");
        try (OutputStream out = Files.newOutputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER];
            long start = System.nanoTime();
            long bytes = 0;
            for (int count = read(body, buffer, bytes); count >= 0; count = read(body, buffer, bytes)) {
                if (bytes / LOOK_EVERY != (bytes + count) / LOOK_EVERY || bytes == 0) {
                    checkRoom(0);
                }
                bytes += count;
                checkPace(bytes, Duration.ofNanos(System.nanoTime() - start));
                if (bytes > limits.bytes()) {
                    throw tooLarge("the file goes on after " + limits.bytes() + " bytes");
                }
                digest.update(buffer, 0, count);
                out.write(buffer, 0, count);
            }
            return new Received(file, HexFormat.of().formatHex(digest.digest()), bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemType.STORAGE_FULL, "the file cannot be written to the service's disk: " + e.getMessage());
        }
    }

    /** @throws ProblemException if the client keeps its place longer than it should */
    static void checkPace(long bytes, Duration since) {
        boolean slow = since.compareTo(GRACE) > 0 && bytes / LEAST_A_SECOND < since.toSeconds();
        if (slow || since.compareTo(LONGEST) > 0) {
            throw new ProblemException(
                    ProblemType.INVALID_UPLOAD,
                    bytes + " bytes came in " + since.toSeconds()
                            + " seconds, which is too slow; a file has to come at "
                            + LEAST_A_SECOND + " bytes a second at least, and within " + LONGEST.toMinutes()
                            + " minutes");
        }
    }

    private static int read(FileBody body, byte[] buffer, long before) {
        try {
            return body.read(buffer, 0, buffer.length);
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemType.INVALID_UPLOAD, "the connection ended after " + before + " bytes: " + e.getMessage());
        }
    }

    private void checkAnnounced(long bytes) {
        if (bytes > limits.bytes()) {
            throw tooLarge("the file has " + bytes + " bytes");
        }
        checkRoom(bytes);
    }

    private ProblemException tooLarge(String what) {
        return new ProblemException(
                ProblemType.TOO_LARGE,
                what + "; at most " + limits.bytes() + " are taken, unless the service is started with another"
                        + " --max-upload");
    }

    private void checkRoom(long bytes) {
        try {
            long room = incoming.room() - RESERVE;
            if (bytes > room || room < 0) {
                throw new ProblemException(
                        ProblemType.STORAGE_FULL,
                        "the service's disk has room for " + Math.max(0, room) + " bytes of uploads");
            }
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemType.STORAGE_FULL, "the service's disk does not say its room: " + e.getMessage());
        }
    }
}
