package io.phyla.runs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DoctorTest {
    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final CommandLine doctor = new CommandLine(new Doctor());

    @BeforeEach
    void listen() {
        doctor.setOut(new PrintWriter(out, true));
    }

    @Test
    void findsEveryNativeLibraryAndAWritableDirectory() {
        int exit = doctor.execute("--data-dir", directory.resolve("data").toString());

        assertThat(out.toString())
                .containsPattern("OK +JDK +25")
                .containsPattern("OK +ND4J +CpuBackend")
                .containsPattern("OK +oneDNN +3\\.11")
                .containsPattern("OK +data ");
        assertThat(exit).isZero();
    }

    @Test
    void failsWhereTheDataDirectoryCannotBe() throws Exception {
        var file = Files.createFile(directory.resolve("file"));

        int exit = doctor.execute("--data-dir", file.resolve("data").toString());

        assertThat(out.toString()).containsPattern("FAILED +data ");
        assertThat(exit).isEqualTo(1);
    }
}
