package io.phyla.api.export.archive;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.spaces.schema.Json;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A zip file that knows what is in it: it ends with {@code MANIFEST.json} (every file's size and SHA-256) and {@code SHA256SUMS},
 * which {@code sha256sum -c} reads. Times are fixed, so the same content gives the same bytes.
 */
public final class Archive {

    /** The oldest time that a zip file can hold; without a time zone. */
    private static final LocalDateTime ALWAYS = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final ZipOutputStream zip;
    private final String root;
    private final ObjectNode manifest;
    private final ArrayNode files;
    private final ArrayNode leftOut;
    private final StringBuilder sums = new StringBuilder();

    /** Writes one file; the stream stays open. */
    public interface Content {
        void write(OutputStream out) throws IOException;
    }

    /**
     * @param out stays open
     * @param root the directory that everything in the archive is in
     * @param manifest what to say beside the files
     */
    public Archive(OutputStream out, String root, ObjectNode manifest) {
        zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        zip.setLevel(Deflater.DEFAULT_COMPRESSION);
        this.root = root;
        this.manifest = manifest;
        files = manifest.putArray("files");
        leftOut = manifest.putArray("left_out");
    }

    public void add(String name, String text) throws IOException {
        add(name, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Adds a file. What refuses by an {@link IllegalArgumentException} before it has written anything is listed as left out, with
     * the reason.
     */
    public void add(String name, Content content) throws IOException {
        Entry entry = new Entry(name);
        try {
            content.write(entry);
        } catch (IllegalArgumentException e) {
            if (entry.begun) {
                throw e;
            }
            leftOut.addObject().put("name", name).put("reason", String.valueOf(e.getMessage()));
            return;
        }
        entry.end();
    }

    /** Writes manifest and sums and ends the archive. */
    public void end() throws IOException {
        add("MANIFEST.json", Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(manifest) + "\n");
        add("SHA256SUMS", sums.toString());
        zip.finish();
    }

    /** A file of the archive, begun with its first byte. */
    private final class Entry extends FilterOutputStream {

        private final String name;
        private boolean begun;
        private long bytes;

        Entry(String name) {
            super(new DigestOutputStream(zip, sha256()));
            this.name = name;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            begin();
            out.write(from, offset, length);
            bytes += length;
        }

        private void begin() throws IOException {
            if (!begun) {
                begun = true;
                ZipEntry entry = new ZipEntry(root + "/" + name);
                entry.setTimeLocal(ALWAYS);
                zip.putNextEntry(entry);
            }
        }

        void end() throws IOException {
            begin();
            zip.closeEntry();
            String hash = HexFormat.of()
                    .formatHex(((DigestOutputStream) out).getMessageDigest().digest());
            files.addObject().put("name", name).put("bytes", bytes).put("sha256", hash);
            sums.append(hash).append("  ").append(name).append('\n');
        }

        @Override
        public void close() {
            throw new IllegalStateException("the stream belongs to the archive");
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
