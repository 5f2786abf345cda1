package io.phyla.launch;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Runs the program in a child process on a JDK that is new enough, whichever Java opened the jar. Even on a fitting JDK a
 * child is needed: a jar's manifest cannot ask for an incubating module. To save the second process, start
 * {@code java <flags> -cp phyla.jar io.phyla.runs.Phyla} directly.
 */
public final class Launch {
    private static final String MAIN = "io.phyla.runs.Phyla";
    private static final String FLAGS = "/io/phyla/evaluators/jvm.properties";
    private static final int UNAVAILABLE = 69;

    private Launch() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        var jdk = search().find();
        if (jdk.isEmpty()) {
            System.err.printf(
                    "Phyla needs a JDK %d or newer: install one (https://adoptium.net), or set PHYLA_JAVA_HOME to its"
                            + " directory.%n",
                    Jdk.OLDEST);
            System.exit(UNAVAILABLE);
        }
        var child = start(command(jdk.get(), args));
        System.exit(child.waitFor());
    }

    static List<String> command(Jdk jdk, String... args) throws IOException {
        var command = new ArrayList<String>();
        command.add(jdk.java().toString());
        command.addAll(flags());
        command.addAll(ownOptions());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
        command.addAll(List.of(args));
        return command;
    }

    private static Process start(List<String> command) throws IOException {
        var builder = new ProcessBuilder(command).inheritIO();
        // The child watches this process: if it is killed outright, no hook below gets to stop the child
        builder.environment()
                .put("PHYLA_LAUNCHER_PID", Long.toString(ProcessHandle.current().pid()));
        var child = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(child)));
        return child;
    }

    private static void stop(Process child) {
        child.destroy();
        try {
            child.waitFor();
        } catch (InterruptedException e) {
            child.destroyForcibly();
        }
    }

    private static List<String> flags() throws IOException {
        var properties = new Properties();
        try (var in = Objects.requireNonNull(Launch.class.getResourceAsStream(FLAGS), FLAGS)) {
            properties.load(in);
        }
        return List.of(properties.getProperty("flags").split(" "));
    }

    /** What the user told this JVM: {@code java -Xmx8g -jar phyla.jar} means the program, not its launcher. */
    private static List<String> ownOptions() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-X") || option.startsWith("-D"))
                .toList();
    }

    private static JdkSearch search() {
        var home = Path.of(System.getProperty("user.home"));
        var named = Stream.of(
                        System.getenv("PHYLA_JAVA_HOME"), System.getProperty("java.home"), System.getenv("JAVA_HOME"))
                .filter(Objects::nonNull)
                .map(Path::of)
                .toList();
        var parents = List.of(
                Path.of("/usr/lib/jvm"),
                Path.of("/opt"),
                home.resolve(".sdkman/candidates/java"),
                home.resolve(".jdks"),
                Path.of("/Library/Java/JavaVirtualMachines"));
        return new JdkSearch(named, parents);
    }
}
