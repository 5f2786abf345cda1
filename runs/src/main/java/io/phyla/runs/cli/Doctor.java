package io.phyla.runs.cli;

import com.sun.management.OperatingSystemMXBean;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;
import org.nd4j.linalg.factory.Nd4j;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says whether this machine can run Phyla and, line by line, why not. */
@Command(name = "doctor", description = "Checks whether this machine can run Phyla.", mixinStandardHelpOptions = true)
public final class Doctor implements Callable<Integer> {
    private static final long MEBI = 1 << 20;

    @Spec
    private CommandSpec spec;

    @Option(names = "--data-dir", description = "Where Phyla keeps its database and files (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of("runs", "data");

    @Override
    public Integer call() {
        var findings = List.of(
                jdk(),
                Finding.ok("machine", machine()),
                Finding.of("vectors", Doctor::vectors),
                Finding.of("ND4J", Doctor::nd4j),
                Finding.of("oneDNN", Doctor::oneDnn),
                Finding.of("data", this::writable),
                dataSets(),
                chromium());
        findings.forEach(spec.commandLine().getOut()::println);
        return findings.stream().anyMatch(finding -> finding.verdict() == Finding.Verdict.FAILED) ? 1 : 0;
    }

    private static Finding jdk() {
        var detail = "%s (%s) in %s"
                .formatted(Runtime.version(), System.getProperty("java.vendor"), System.getProperty("java.home"));
        return Finding.ok("JDK", detail);
    }

    private static String machine() {
        var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return "%s, %d cores, %d MB memory, %d MB heap at most"
                .formatted(
                        Loader.getPlatform(),
                        Runtime.getRuntime().availableProcessors(),
                        system.getTotalMemorySize() / MEBI,
                        Runtime.getRuntime().maxMemory() / MEBI);
    }

    private static String vectors() {
        return ModuleLayer.boot()
                .findModule("jdk.incubator.vector")
                .map(Module::getName)
                .orElseThrow(() -> new IllegalStateException("start with --add-modules jdk.incubator.vector"));
    }

    private static String nd4j() {
        var ones = Nd4j.ones(2, 2);
        if (ones.mmul(ones).getDouble(0, 0) != 2) {
            throw new IllegalStateException("multiplies matrices wrongly");
        }
        return Nd4j.getBackend().getClass().getSimpleName();
    }

    private static String oneDnn() {
        try (var cpu = new engine(engine.kind.cpu, 0)) {
            var version = dnnl.dnnl_version();
            return "%d.%d.%d on engine %d"
                    .formatted(version.major(), version.minor(), version.patch(), cpu.get_count(engine.kind.cpu));
        }
    }

    private String writable() throws Exception {
        Files.createDirectories(data);
        Files.delete(Files.createTempFile(data, "doctor", null));
        return data.toAbsolutePath() + " is writable";
    }

    private static Finding dataSets() {
        var path = System.getenv("PHYLA_DATA");
        if (path == null) {
            return Finding.note("data sets", "PHYLA_DATA is not set: searches on published data are not available");
        }
        return Files.isDirectory(Path.of(path))
                ? Finding.ok("data sets", path)
                : Finding.failed("data sets", "PHYLA_DATA is not a directory: " + path);
    }

    private static Finding chromium() {
        return onPath("chromium", "chromium-browser", "google-chrome")
                .map(path -> Finding.ok("Chromium", path.toString()))
                .orElseGet(() -> Finding.note("Chromium", "not found: only the tests of the dashboard need it"));
    }

    private static Optional<Path> onPath(String... programs) {
        return Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
                .flatMap(directory -> Stream.of(programs).map(program -> Path.of(directory, program)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
