package io.phyla.evaluators.artifacts;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file to be fetched once: {@code https://host/path#sha256=HEX}. The hash is required. A name then means the same bytes on
 * every machine whatever a server has become, plain HTTP and mirrors can be trusted, and a file that is there already needs no
 * network to be known as the right one.
 *
 * @param name the data name it is for
 */
public record Download(String name, URI address, String sha256) {

    private static final Pattern ADDRESS =
            Pattern.compile("(https?://[^#\\s]+)(?:#sha256=([0-9a-fA-F]{64}))?", Pattern.CASE_INSENSITIVE);
    private static final int ATTEMPTS = 4;
    private static final int BUFFER = 1 << 16;

    /** Told what has come, between pieces of {@value #BUFFER} bytes at most. */
    @FunctionalInterface
    public interface Listener {

        /** @param total bytes of the whole file, -1 if unknown */
        void received(long bytes, long total);
    }

    /** Whether a source is an address and no file. */
    public static boolean isAddress(String source) {
        return source.regionMatches(true, 0, "http://", 0, 7) || source.regionMatches(true, 0, "https://", 0, 8);
    }

    /** @throws IllegalArgumentException if the address is none, or says no hash */
    public static Download parse(String name, String source) {
        Matcher matcher = ADDRESS.matcher(source);
        if (!matcher.matches() || matcher.group(2) == null) {
            throw new IllegalArgumentException("data '" + name + "': an address needs the SHA-256 of its file, as in"
                    + " https://host/file#sha256=" + "0123abcd".repeat(8) + ", and not " + source
                    + "; fetch the file once by hand and 'sha256sum' says it, or register the file itself: --data "
                    + name + "=FILE");
        }
        return new Download(name, URI.create(matcher.group(1)), matcher.group(2).toLowerCase(Locale.ROOT));
    }

    /**
     * Fetches the file into a directory under its hash, or finds it there. What an interrupted attempt left is continued.
     *
     * @throws IOException saying what the server or the network did, and what to do without them
     */
    public Path into(Path directory, Listener listener) throws IOException {
        Path target = directory.resolve(sha256);
        if (Files.isRegularFile(target)) {
            return target;
        }
        Files.createDirectories(directory);
        Path part = directory.resolve("download-" + sha256);
        try (FileChannel out = FileChannel.open(
                        part, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock lock = out.tryLock()) {
            if (lock == null) {
                throw failed("another process is fetching it", null);
            }
            if (Files.isRegularFile(target)) {
                return target;
            }
            fetch(out, directory, listener);
            String found = digest(out);
            if (!found.equals(sha256)) {
                Files.delete(part);
                throw failed(
                        "the file there has the SHA-256 " + found + " and not " + sha256
                                + "; check the hash, or the server has another file now",
                        null);
            }
            return Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Goes on after a break as long as each attempt brings something. */
    private void fetch(FileChannel out, Path directory, Listener listener) throws IOException {
        for (int attempt = 1; ; attempt++) {
            long before = out.size();
            try {
                attempt(out, directory, listener);
                return;
            } catch (Refused e) {
                throw failed(String.valueOf(e.getMessage()), e);
            } catch (IOException e) {
                if (attempt == ATTEMPTS || out.size() <= before) {
                    String kept = out.size() > 0
                            ? "; " + out.size() + " bytes are kept, and the next start goes on behind them"
                            : "";
                    throw failed(reason(e) + kept, e);
                }
            }
        }
    }

    private void attempt(FileChannel out, Path directory, Listener listener) throws IOException {
        long from = out.size();
        HttpURLConnection connection = Requests.get(address, from);
        try {
            if (connection.getResponseCode() == HttpURLConnection.HTTP_OK) {
                from = 0;
            } else if (connection.getResponseCode() == Requests.RANGE_NOT_SATISFIABLE) {
                // Nothing is left to fetch, or what is there is of another file: the hash will tell.
                return;
            } else if (connection.getResponseCode() != HttpURLConnection.HTTP_PARTIAL) {
                throw new Refused(
                        "the server answers " + connection.getResponseCode() + " " + connection.getResponseMessage());
            }
            out.truncate(from);
            out.position(from);
            long length = connection.getContentLengthLong();
            long total = length < 0 ? -1 : from + length;
            checkRoom(directory, length);
            try (InputStream in = connection.getInputStream()) {
                copy(in, out, total, listener);
            }
        } catch (FileNotFoundException e) {
            throw new Refused("the server has no such file (" + e.getMessage() + ")");
        } finally {
            connection.disconnect();
        }
    }

    private static void copy(InputStream in, FileChannel out, long total, Listener listener) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            ByteBuffer piece = ByteBuffer.wrap(buffer, 0, read);
            while (piece.hasRemaining()) {
                out.write(piece);
            }
            listener.received(out.position(), total);
        }
        if (total >= 0 && out.position() < total) {
            throw new IOException("the connection ended after " + out.position() + " of " + total + " bytes");
        }
    }

    private static void checkRoom(Path directory, long length) throws IOException {
        long room = Files.getFileStore(directory).getUsableSpace();
        if (length > room) {
            throw new Refused("it needs " + length + " bytes, and " + directory + " has room for " + room);
        }
    }

    /** Nothing that another attempt could mend. */
    static final class Refused extends IOException {

        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage());
    }

    private IOException failed(String reason, @Nullable Throwable cause) {
        return new IOException(
                "data '" + name + "' cannot be fetched from " + address + ": " + reason
                        + ". A local copy does as well: --data " + name + "=FILE",
                cause);
    }

    /** Through the open channel: closing another one on the same file would give up the lock. */
    private static String digest(FileChannel file) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
            for (long at = 0; file.read(buffer, at) >= 0; at += buffer.limit(), buffer.clear()) {
                digest.update(buffer.flip());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
