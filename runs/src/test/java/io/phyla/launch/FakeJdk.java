package io.phyla.launch;

import static java.nio.file.attribute.PosixFilePermissions.asFileAttribute;
import static java.nio.file.attribute.PosixFilePermissions.fromString;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Just enough of a JDK for the launcher to recognise it. */
final class FakeJdk {
    private FakeJdk() {}

    static Path in(Path home, String version) throws IOException {
        return write(home, "JAVA_VERSION=\"%s\"%n".formatted(version));
    }

    static Path in(Path home, String version, String modules) throws IOException {
        return write(home, "JAVA_VERSION=\"%s\"%nMODULES=\"%s\"%n".formatted(version, modules));
    }

    private static Path write(Path home, String release) throws IOException {
        Files.createDirectories(home.resolve("bin"));
        Files.createFile(home.resolve("bin/java"), asFileAttribute(fromString("rwxr-xr-x")));
        Files.writeString(home.resolve("release"), release);
        return home;
    }
}
