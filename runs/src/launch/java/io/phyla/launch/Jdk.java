package io.phyla.launch;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/** An installed JDK, known from its {@code release} file alone: asking each one by starting it would take seconds. */
record Jdk(Path home, int version) {
    /** The oldest version that runs Phyla. */
    static final int OLDEST = 25;

    private static final String VECTOR_MODULE = "jdk.incubator.vector";

    /** The JDK in this directory, if there is one and it can run Phyla. */
    static Optional<Jdk> at(Path home) {
        var release = new Properties();
        try (var in = Files.newBufferedReader(home.resolve("release"))) {
            release.load(in);
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
        var jdk = new Jdk(home, major(unquoted(release.getProperty("JAVA_VERSION", ""))));
        return jdk.version >= OLDEST && hasVectors(release) && Files.isExecutable(jdk.java())
                ? Optional.of(jdk)
                : Optional.empty();
    }

    /** The feature version of {@code 1.8.0_292}, {@code 17.0.15} or {@code 26-ea}; 0 where there is none. */
    static int major(String version) {
        var parts = version.split("\\D+");
        int first = number(parts, 0);
        return first == 1 ? number(parts, 1) : first;
    }

    Path java() {
        return home.resolve("bin").resolve(File.separatorChar == '\\' ? "java.exe" : "java");
    }

    /** A trimmed run-time image lists its modules and may lack this one; some builds do not list any. */
    private static boolean hasVectors(Properties release) {
        var modules = unquoted(release.getProperty("MODULES", VECTOR_MODULE));
        return (" " + modules + " ").contains(" " + VECTOR_MODULE + " ");
    }

    private static String unquoted(String value) {
        return value.replace("\"", "").strip();
    }

    private static int number(String[] parts, int index) {
        return index < parts.length && parts[index].matches("\\d{1,4}") ? Integer.parseInt(parts[index]) : 0;
    }
}
