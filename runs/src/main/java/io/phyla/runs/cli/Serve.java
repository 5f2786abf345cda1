package io.phyla.runs.cli;

import io.phyla.runs.service.Service;
import io.phyla.runs.service.ServiceOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the service until it is told to stop. */
@Command(name = "serve", description = "Starts the service and its dashboard.", mixinStandardHelpOptions = true)
public final class Serve implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOptions data = new DataOptions();

    @Option(names = "--port", defaultValue = "8080", description = "TCP port, 0 for any free one (default: 8080).")
    private int port;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Address to listen on (default: 127.0.0.1). Any but loopback needs --token.")
    private String bind = "127.0.0.1";

    @Option(
            names = "--token",
            paramLabel = "ROLE:SECRET",
            description = "Accepts this bearer token for a role (read, submit, admin); may be repeated.")
    private List<String> tokens = List.of();

    @Option(
            names = "--max-upload",
            paramLabel = "SIZE",
            converter = Size.Reader.class,
            defaultValue = "1G",
            description = "Largest file that can be uploaded, such as 500M or 2G (default: ${DEFAULT-VALUE}).")
    private Size mostUpload = new Size(1L << 30);

    @Override
    public Integer call() throws Exception {
        Map<String, Path> files = data.files(spec.commandLine().getErr());
        ServiceOptions options = new ServiceOptions(data.directory, bind, port, data.workers, files, tokens, true, mostUpload.bytes());
        CountDownLatch stopped = new CountDownLatch(1);
        try (Service service = Service.start(options)) {
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
                service.close();
                stopped.countDown();
            }));
            PrintWriter out = spec.commandLine().getOut();
            out.println("Phyla listens; dashboard: " + service.address());
            out.flush();
            stopped.await();
        }
        return 0;
    }
}
