package io.phyla.evaluators.artifacts;

import com.fasterxml.jackson.core.type.TypeReference;
import io.phyla.search.port.Artifacts;
import io.phyla.spaces.schema.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Files in one directory, each under the SHA-256 of its content, and one list of names. The service registers; workers
 * are given the directory and only read.
 */
public final class FileArtifacts implements Artifacts {

    private static final String NAMES = "names.json";
    private static final String UPLOADED = "";
    private static final int BUFFER = 1 << 16;
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_.-]{0,99}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private final Path directory;

    public FileArtifacts(Path directory) {
        this.directory = directory;
    }

    /** Where they are. */
    public Path directory() {
        return directory;
    }

    /**
     * A registered content and where it came from.
     *
     * @param source a path of this machine, or empty for an upload
     * @param modified the source's stamp: one that has not changed is not read again
     */
    private record Registered(String sha256, long bytes, String source, long modified) {}

    /**
     * Makes a file, or a directory as an archive of its files, known under a name; the name's earlier content stays readable
     * by its hash.
     *
     * @throws IllegalArgumentException if the name cannot be used or there is no such file
     */
    public synchronized Artifact register(String name, Path path) throws IOException {
        checkName(name);
        if (!Files.isRegularFile(path) && !Files.isDirectory(path)) {
            throw new IllegalArgumentException(
                    "data '" + name + "': there is no file or directory " + path.toAbsolutePath());
        }
        Files.createDirectories(directory);
        Map<String, Registered> names = read();
        Path real = path.toRealPath();
        Source source = Source.of(real);
        long stamp = source.stamp();
        Registered before = names.get(name);
        if (before != null
                && before.source().equals(real.toString())
                && before.modified() == stamp
                && open(before.sha256()).isPresent()) {
            return new Artifact(name, before.sha256(), before.bytes());
        }
        Artifact taken = take(name, source);
        names.put(name, new Registered(taken.sha256(), taken.bytes(), real.toString(), stamp));
        write(names);
        return taken;
    }

    private static void checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a data name has lower-case letters, digits, '_', '.' and '-', not '" + name + "'");
        }
    }

    /**
     * Makes an uploaded content, which is there already, known under a name.
     *
     * @return false if the name stands for another content
     * @throws IllegalArgumentException if the name cannot be used
     */
    public synchronized boolean name(String name, String sha256) throws IOException {
        checkName(name);
        Map<String, Registered> names = read();
        Registered before = names.get(name);
        if (before != null) {
            return before.sha256().equals(sha256);
        }
        long bytes = Files.size(directory.resolve(sha256));
        names.put(name, new Registered(sha256, bytes, UPLOADED, 0));
        write(names);
        return true;
    }

    /** Takes the names of an uploaded content away; those that the operator gave it stay. */
    public synchronized void unname(String sha256) throws IOException {
        Map<String, Registered> names = read();
        if (names.values()
                .removeIf(each ->
                        each.sha256().equals(sha256) && each.source().equals(UPLOADED))) {
            write(names);
        }
    }

    /**
     * Takes a finished file that nobody writes any more into the store.
     *
     * @param file in the same file system, such as in {@link Incoming}; it is moved
     * @param sha256 of its content
     */
    public void adopt(Path file, String sha256) throws IOException {
        if (open(sha256).isPresent()) {
            Files.delete(file);
        } else {
            Files.move(file, directory.resolve(sha256), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** The SHA-256 of a file's content, hexadecimal. */
    public static String sha256(Path file) throws IOException {
        try (DigestInputStream in =
                new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Copies the content and hashes what was copied: the source may be written over at any time. */
    private Artifact take(String name, Source source) throws IOException {
        Path part = Files.createTempFile(directory, "part-", null);
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (OutputStream out =
                    new DigestOutputStream(new BufferedOutputStream(Files.newOutputStream(part), BUFFER), digest)) {
                source.write(out);
            }
            String sha256 = HexFormat.of().formatHex(digest.digest());
            long bytes = Files.size(part);
            if (open(sha256).isEmpty()) {
                Files.move(part, directory.resolve(sha256), StandardCopyOption.ATOMIC_MOVE);
            }
            return new Artifact(name, sha256, bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private Map<String, Registered> read() {
        Path file = directory.resolve(NAMES);
        if (!Files.exists(file)) {
            return new TreeMap<>();
        }
        try {
            return Json.MAPPER.readValue(file.toFile(), new TypeReference<TreeMap<String, Registered>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException("the list of registered data " + file + " cannot be read", e);
        }
    }

    private void write(Map<String, Registered> names) throws IOException {
        Path part = Files.createTempFile(directory, "part-", null);
        try {
            Json.MAPPER.writeValue(part.toFile(), names);
            Files.move(
                    part,
                    directory.resolve(NAMES),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    @Override
    public List<Artifact> registered() {
        return read().entrySet().stream()
                .map(each -> new Artifact(
                        each.getKey(), each.getValue().sha256(), each.getValue().bytes()))
                .toList();
    }

    @Override
    public Optional<Artifact> find(String reference) {
        String name = Artifacts.name(reference);
        return name.equals(reference)
                ? registered().stream().filter(each -> each.name().equals(name)).findFirst()
                : pinned(name, reference.substring(name.length() + 1));
    }

    private Optional<Artifact> pinned(String name, String sha256) {
        return open(sha256).map(file -> {
            try {
                return new Artifact(name, sha256, Files.size(file));
            } catch (IOException e) {
                throw new UncheckedIOException(file + " cannot be read", e);
            }
        });
    }

    @Override
    public Optional<Path> open(String sha256) {
        return SHA256.matcher(sha256).matches()
                ? Optional.of(directory.resolve(sha256)).filter(Files::isRegularFile)
                : Optional.empty();
    }

    /** Takes a file away from where it is and keeps it under its content's SHA-256, which is returned. */
    public String keep(Path file) throws IOException {
        Files.createDirectories(directory);
        String sha256 = take("", new Source.OneFile(file)).sha256();
        Files.delete(file);
        return sha256;
    }

    /** Forgets a content, unless it has a name. */
    public synchronized void discard(String sha256) throws IOException {
        Optional<Path> file = open(sha256);
        if (file.isPresent()
                && read().values().stream().noneMatch(each -> each.sha256().equals(sha256))) {
            Files.deleteIfExists(file.get());
        }
    }
}
