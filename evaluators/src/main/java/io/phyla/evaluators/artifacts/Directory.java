package io.phyla.evaluators.artifacts;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipOutputStream;

/**
 * A directory as one content: a zip archive of its files in the order of their names, stored without compression and without
 * their times, so that equal files give equal bytes on any machine. Hidden files are left out.
 */
record Directory(Path root, List<Entry> entries) implements Source {

    private static final int MOST_FILES = 1_000_000;
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    /** @param name below the root, with slashes */
    private record Entry(String name, Path path, long bytes, long modified) {}

    /** @throws IllegalArgumentException if there are no files, or too many */
    static Directory list(Path root) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
            files = all.filter(Files::isRegularFile)
                    .filter(path -> !isHidden(root.relativize(path)))
                    .limit(MOST_FILES + 1L)
                    .toList();
        }
        if (files.isEmpty() || files.size() > MOST_FILES) {
            throw new IllegalArgumentException("the directory " + root + " has "
                    + (files.isEmpty() ? "no files" : "more than " + MOST_FILES + " files; is it the right one?"));
        }
        Stream.Builder<Entry> entries = Stream.builder();
        for (Path path : files) {
            String name = root.relativize(path).toString().replace(File.separatorChar, '/');
            entries.add(new Entry(
                    name,
                    path,
                    Files.size(path),
                    Files.getLastModifiedTime(path).toMillis()));
        }
        return new Directory(
                root, entries.build().sorted(Comparator.comparing(Entry::name)).toList());
    }

    private static boolean isHidden(Path relative) {
        for (Path part : relative) {
            if (part.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    @Override
    public long stamp() {
        long stamp = entries.size();
        for (Entry entry : entries) {
            stamp = 31 * (31 * (31 * stamp + entry.name().hashCode()) + entry.bytes()) + entry.modified();
        }
        return stamp;
    }

    @Override
    public void write(OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        zip.setMethod(ZipOutputStream.STORED);
        for (Entry entry : entries) {
            ZipEntry header = new ZipEntry(entry.name());
            header.setTimeLocal(NO_TIME);
            header.setSize(entry.bytes());
            header.setCrc(checksum(entry.path()));
            try {
                zip.putNextEntry(header);
                Files.copy(entry.path(), zip);
                zip.closeEntry();
            } catch (ZipException e) {
                throw new IOException(entry.path() + " changes while it is read: " + e.getMessage(), e);
            }
        }
        zip.finish();
    }

    /** A stored entry's header comes before its content and has to know it. */
    private static long checksum(Path path) throws IOException {
        CRC32 crc = new CRC32();
        try (CheckedOutputStream sink = new CheckedOutputStream(OutputStream.nullOutputStream(), crc)) {
            Files.copy(path, sink);
        }
        return crc.getValue();
    }
}
