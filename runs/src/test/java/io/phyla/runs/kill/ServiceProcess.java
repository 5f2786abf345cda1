package io.phyla.runs.kill;

import io.phyla.runs.service.Announcement;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The real program in a process of its own, as a person would start it; it can be killed. */
public final class ServiceProcess implements AutoCloseable {

    private static final long START_SECONDS = 120;

    private final Process process;
    private final URI address;

    private ServiceProcess(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /** Starts {@code phyla serve} on a free port and waits until it announces itself. */
    public static ServiceProcess start(Path directory, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(flags()));
        command.addAll(List.of("-Xmx512m", "-cp", System.getProperty("java.class.path"), "io.phyla.runs.Phyla"));
        command.addAll(List.of("serve", "--port", "0", "--data-dir", directory.toString()));
        command.addAll(List.of(options));
        Path log = Files.createDirectories(directory).resolve("service.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (System.nanoTime() < deadline) {
            Optional<Announcement> found = Announcement.find(directory);
            if (found.isPresent() && found.get().pid() == process.pid()) {
                return new ServiceProcess(process, found.get().address());
            }
            if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
                throw new IOException("the service ended with " + process.exitValue() + ":\n" + Files.readString(log));
            }
        }
        process.destroyForcibly();
        throw new IOException("the service did not start in " + START_SECONDS + " s:\n" + Files.readString(log));
    }

    private static String[] flags() {
        return "--add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
                .split(" ");
    }

    public URI address() {
        return address;
    }

    /** SIGKILL: nothing in the process gets a chance to run. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** SIGTERM, as a person's Ctrl-C. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            kill();
        }
    }
}
