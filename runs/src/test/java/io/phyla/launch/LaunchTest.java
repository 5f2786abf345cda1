package io.phyla.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LaunchTest {
    @Test
    void startsTheProgramWithTheFlagsOfTheBuild() throws Exception {
        var command = Launch.command(new Jdk(Path.of("/jdk"), 25), "serve", "--port", "8080");

        assertThat(command)
                .startsWith(Path.of("/jdk/bin/java").toString())
                .containsSequence("--add-modules", "jdk.incubator.vector")
                .endsWith("io.phyla.runs.Phyla", "serve", "--port", "8080");
    }

    @Test
    void handsOnTheHeapSizeTheUserAskedFor() throws Exception {
        assertThat(Launch.command(new Jdk(Path.of("/jdk"), 25))).contains("-Xmx1500m");
    }
}
