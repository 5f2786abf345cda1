package io.phyla.evaluators.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** A registered file as formats see it: plain or gzipped content, or a zip archive of such. */
public final class DataFile implements AutoCloseable {

    private static final int HEAD = 16;
    private static final int BUFFER = 1 << 16;
    private static final int MOST_ENTRIES = 1_000_000;

    private final String name;
    private final Path path;
    private final String sha256;
    private final @Nullable ZipFile archive;
    private final byte[] head;
    private final List<String> entries;
    private final Unpacked unpacked;

    private DataFile(String name, Path path, String sha256, @Nullable ZipFile archive, byte[] head) {
        this.name = name;
        this.path = path;
        this.sha256 = sha256;
        this.archive = archive;
        this.head = head;
        this.entries = archive == null ? List.of() : entries(archive);
        this.unpacked = new Unpacked(this);
    }

    /** @throws InvalidDataException if it is a damaged archive or cannot be read */
    public static DataFile open(String name, Path path, String sha256) {
        byte[] start;
        try (InputStream in = Files.newInputStream(path)) {
            start = in.readNBytes(HEAD);
        } catch (IOException e) {
            throw new InvalidDataException("'" + name + "' cannot be read: " + e.getMessage(), e);
        }
        if (start.length > 3 && start[0] == 'P' && start[1] == 'K' && (start[2] == 3 || start[2] == 5)) {
            return new DataFile(name, path, sha256, archive(name, path), start);
        }
        try (InputStream in = plain(new BufferedInputStream(Files.newInputStream(path)))) {
            return new DataFile(name, path, sha256, null, in.readNBytes(HEAD));
        } catch (IOException _) {
            // Gzipped and broken from the start: its format will say where.
            return new DataFile(name, path, sha256, null, start);
        }
    }

    private static ZipFile archive(String name, Path path) {
        try {
            ZipFile archive = new ZipFile(path.toFile());
            if (archive.size() <= MOST_ENTRIES) {
                return archive;
            }
            int entries = archive.size();
            archive.close();
            throw new InvalidDataException(
                    "'" + name + "' has " + entries + " entries; an archive has at most " + MOST_ENTRIES);
        } catch (IOException e) {
            throw new InvalidDataException("'" + name + "' is a damaged zip archive: " + e.getMessage(), e);
        }
    }

    /** Directories and what systems put beside files are not content. */
    private static List<String> entries(ZipFile archive) {
        return archive.stream()
                .filter(entry -> !entry.isDirectory())
                .map(ZipEntry::getName)
                .filter(entry -> !entry.startsWith("__MACOSX/")
                        && Arrays.stream(entry.split("/")).noneMatch(part -> part.startsWith(".")))
                .sorted()
                .toList();
    }

    public String name() {
        return name;
    }

    public Path path() {
        return path;
    }

    public String sha256() {
        return sha256;
    }

    public boolean isArchive() {
        return archive != null;
    }

    /** The first bytes, up to 16, of the unzipped content; of an archive those of itself. */
    public byte[] head() {
        return head.clone();
    }

    /** An archive's files by their whole names, in order; empty for anything else. */
    public List<String> entries() {
        return entries;
    }

    /** The name in an entry's last part. */
    public static String last(String entry) {
        return entry.substring(entry.lastIndexOf('/') + 1);
    }

    /** An entry's content, ungzipped if need be. */
    public InputStream open(String entry) throws IOException {
        if (archive == null) {
            throw new IllegalStateException(name + " is no archive");
        }
        InputStream plain = plain(new BufferedInputStream(archive.getInputStream(archive.getEntry(entry)), BUFFER));
        return unpacked.counted(entry, plain);
    }

    private static InputStream plain(BufferedInputStream in) throws IOException {
        in.mark(2);
        boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return gzip ? new GZIPInputStream(in, BUFFER) : in;
    }

    /** What is wrong with the file, or one of its entries. */
    public InvalidDataException refused(String where, String reason) {
        return new InvalidDataException(name, where, reason);
    }

    @Override
    public void close() {
        if (archive != null) {
            try {
                archive.close();
            } catch (IOException e) {
                throw new InvalidDataException("'" + name + "' cannot be closed: " + e.getMessage(), e);
            }
        }
    }
}
