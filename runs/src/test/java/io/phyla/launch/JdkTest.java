package io.phyla.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JdkTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"1.8.0_292, 8", "9, 9", "17.0.15, 17", "25, 25", "25.0.3, 25", "26-ea, 26", "'', 0", "unknown, 0"})
    void readsTheFeatureVersion(String version, int major) {
        assertThat(Jdk.major(version)).isEqualTo(major);
    }

    @Test
    void recognisesAJdkByItsReleaseFile() throws Exception {
        var home = FakeJdk.in(directory.resolve("jdk"), "25.0.3", "java.base jdk.incubator.vector java.sql");

        assertThat(Jdk.at(home)).contains(new Jdk(home, 25));
    }

    @Test
    void refusesAJdkThatIsTooOld() throws Exception {
        assertThat(Jdk.at(FakeJdk.in(directory.resolve("jdk"), "24.0.1"))).isEmpty();
    }

    @Test
    void refusesAnImageWithoutTheVectorModule() throws Exception {
        assertThat(Jdk.at(FakeJdk.in(directory.resolve("jre"), "25.0.3", "java.base java.sql")))
                .isEmpty();
    }

    @Test
    void acceptsAJdkThatDoesNotListItsModules() throws Exception {
        assertThat(Jdk.at(FakeJdk.in(directory.resolve("jdk"), "25"))).isPresent();
    }

    @Test
    void refusesADirectoryThatIsNoJdk() {
        assertThat(Jdk.at(directory)).isEmpty();
        assertThat(Jdk.at(directory.resolve("missing"))).isEmpty();
    }
}
