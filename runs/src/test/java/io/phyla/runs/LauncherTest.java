package io.phyla.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LauncherTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @Test
    void theProgramEndsWhenItsLauncherIsKilled() throws Exception {
        var launcher = new ProcessBuilder(java(Sleep.class)).start();
        var program = program(Long.toString(launcher.pid()));
        try {
            assertThat(program.inputReader().readLine()).isEqualTo("running");

            launcher.destroyForcibly();

            assertThat(program.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(program.exitValue()).isEqualTo(137);
        } finally {
            launcher.destroyForcibly();
            program.destroyForcibly();
        }
    }

    @Test
    void theProgramGoesOnWhileItsParentLives() throws Exception {
        var program = program("parent");
        try {
            assertThat(program.inputReader().readLine()).isEqualTo("running");
            assertThat(program.waitFor(500, TimeUnit.MILLISECONDS)).isFalse();
        } finally {
            program.destroyForcibly();
        }
    }

    private static Process program(String launcher) throws Exception {
        var builder = new ProcessBuilder(java(Program.class)).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("PHYLA_LAUNCHER_PID", launcher);
        return builder.start();
    }

    private static String[] java(Class<?> main) {
        var java = ProcessHandle.current().info().command().orElseThrow();
        return new String[] {java, "-cp", System.getProperty("java.class.path"), main.getName()};
    }

    static final class Program {
        public static void main(String[] args) throws InterruptedException {
            Launcher.exitWithIt();
            System.out.println("running");
            Thread.sleep(LONG);
        }
    }

    static final class Sleep {
        public static void main(String[] args) throws InterruptedException {
            Thread.sleep(LONG);
        }
    }
}
