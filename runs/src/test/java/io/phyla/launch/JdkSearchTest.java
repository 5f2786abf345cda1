package io.phyla.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdkSearchTest {
    @TempDir
    Path directory;

    @Test
    void prefersWhatSomebodyNamed() throws Exception {
        var named = FakeJdk.in(directory.resolve("named"), "27");
        FakeJdk.in(directory.resolve("installed/jdk"), "25");

        assertThat(search(named).find()).contains(new Jdk(named, 27));
    }

    @Test
    void passesOverANamedJdkThatIsTooOld() throws Exception {
        var old = FakeJdk.in(directory.resolve("named"), "17");
        var installed = FakeJdk.in(directory.resolve("installed/jdk"), "25");

        assertThat(search(old).find()).contains(new Jdk(installed, 25));
    }

    @Test
    void takesTheOldestInstalledJdkThatFits() throws Exception {
        FakeJdk.in(directory.resolve("installed/a"), "21");
        FakeJdk.in(directory.resolve("installed/b"), "27");
        var best = FakeJdk.in(directory.resolve("installed/c"), "25");

        assertThat(search().find()).contains(new Jdk(best, 25));
    }

    @Test
    void looksInsideMacBundles() throws Exception {
        var home = FakeJdk.in(directory.resolve("installed/temurin.jdk/Contents/Home"), "25");

        assertThat(search().find()).contains(new Jdk(home, 25));
    }

    @Test
    void findsNothingWhereNothingIs() {
        assertThat(search(directory.resolve("missing")).find()).isEmpty();
    }

    private JdkSearch search(Path... named) {
        return new JdkSearch(List.of(named), List.of(directory.resolve("absent"), directory.resolve("installed")));
    }
}
