package io.phyla.evaluators.worker;

import io.phyla.evaluators.worker.Protocol.Reply;
import io.phyla.evaluators.worker.Protocol.Request;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running worker process and the lines to and from it. */
final class WorkerProcess implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerProcess.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int SIGNALLED = 128;

    private final String name;
    private final Process process;
    private final BufferedWriter requests;
    private final BufferedReader replies;
    private final Thread log;
    private final LastWords lastWords = new LastWords();

    private WorkerProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        requests = process.outputWriter(StandardCharsets.UTF_8);
        replies = process.inputReader(StandardCharsets.UTF_8);
        // A read from a pipe holds a virtual thread's carrier: one such reader per core would leave none for anybody
        // else.
        log = Thread.ofPlatform().daemon().name(name + "-log").start(this::forwardLog);
    }

    /** @param tolerant whether it is to go on where its kernels turn out slow */
    static WorkerProcess start(String name, PoolOptions options, boolean tolerant) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags());
        command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC"));
        // A crash is told to the supervisor and leaves no files behind.
        command.addAll(List.of("-XX:+ErrorFileToStderr", "-XX:-CreateCoredumpOnCrash"));
        command.addAll(options.extraFlags());
        command.addAll(List.of("-cp", options.classPath(), WorkerMain.class.getName()));
        command.add(options.artifacts().toAbsolutePath().toString());
        if (tolerant) {
            command.add(WorkerMain.TOLERANT);
        }
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("OMP_NUM_THREADS", "1");
        return new WorkerProcess(name, builder.start());
    }

    /** The flags every JVM of the program gets, written by the build. */
    private static List<String> flags() {
        try (InputStream in = WorkerProcess.class.getResourceAsStream("/io/phyla/evaluators/jvm.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return List.of(properties.getProperty("flags").strip().split("\\s+"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void forwardLog() {
        try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                LOG.debug("{}: {}", name, line);
                lastWords.add(line);
            }
        } catch (IOException e) {
            LOG.debug("{}: its log ended", name);
        }
    }

    void send(Request request) throws IOException {
        requests.write(Protocol.write(request));
        requests.newLine();
        requests.flush();
    }

    /** The next reply; empty when the process is gone. */
    Optional<Reply> next() {
        try {
            for (String line = replies.readLine(); line != null; line = replies.readLine()) {
                Optional<Reply> reply = Protocol.reply(line);
                if (reply.isPresent()) {
                    return reply;
                }
                LOG.debug("{}: {}", name, line);
            }
        } catch (IOException e) {
            LOG.debug("{}: its replies ended", name, e);
        }
        return Optional.empty();
    }

    /** Ends the process at once; its replies end with it. */
    void kill() {
        process.toHandle().destroyForcibly();
    }

    /** How the process ended, for people; waits for the end. */
    String epitaph() {
        try {
            int code = process.waitFor();
            log.join(PATIENCE);
            if (!lastWords.crash().isEmpty()) {
                return "crashed with " + lastWords.crash();
            }
            if (code > SIGNALLED) {
                return "was killed by signal " + (code - SIGNALLED);
            }
            return "ended with exit code " + code + (lastWords.last().isEmpty() ? "" : ": " + lastWords.last());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "ended";
        }
    }

    /** Whether it ended itself because another process may compile its kernels better; waits for the end. */
    boolean slow() {
        try {
            return process.waitFor() == WorkerMain.SLOW_KERNELS;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    boolean alive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** Closes the worker's input, which ends it; kills it if it does not. */
    @Override
    public void close() {
        try {
            requests.close();
        } catch (IOException e) {
            LOG.debug("{}: was gone already", name);
        }
        try {
            if (!process.waitFor(PATIENCE)) {
                kill();
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }
}
