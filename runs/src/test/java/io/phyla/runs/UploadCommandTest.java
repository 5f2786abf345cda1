package io.phyla.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.runs.service.Service;
import io.phyla.runs.service.ServiceOptions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code phyla upload} as a person uses it, to the real service. */
class UploadCommandTest {

    @TempDir
    Path directory;

    private String said = "";

    private int upload(String... arguments) {
        StringWriter out = new StringWriter();
        String[] all = new String[arguments.length + 3];
        all[0] = "upload";
        all[1] = "--data-dir";
        all[2] = directory.resolve("data").toString();
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        int code = Phyla.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute(all);
        said = out.toString();
        return code;
    }

    @Test
    void sendsAFileToTheRunningServiceAndSaysWhatIsWrong() throws Exception {
        String records = Files.write(directory.resolve("My Images.bin"), new byte[3073 * 20])
                .toString();
        assertThat(upload("data", records)).isEqualTo(1);
        assertThat(said).contains("no service runs on", "phyla serve");
        ServiceOptions options = new ServiceOptions(
                directory.resolve("data"), "127.0.0.1", 0, "inline", Map.of(), List.of(), true, 100_000);
        try (Service service = Service.start(options)) {
            assertThat(upload("data", records)).isZero();
            assertThat(said).matches("my-images@[0-9a-f]{64}\\R");
            assertThat(upload("data", records, "--name", "other")).isZero();
            assertThat(said).contains("my-images@", "was here already");
            assertThat(upload("model", records)).isEqualTo(1);
            assertThat(said).contains("The file is not what it should be");
            String large = Files.write(directory.resolve("large.bin"), new byte[200_000])
                    .toString();
            assertThat(upload("DATA", large)).isEqualTo(1);
            assertThat(said).contains("200000", "--max-upload");
            assertThat(upload("data", directory.resolve("none").toString())).isEqualTo(1);
            assertThat(said).contains("there is no file").doesNotContain("Exception");
            assertThat(service.address()).isNotNull();
        }
    }
}
