package io.phyla.runs.cli;

import io.phyla.runs.service.Announcement;
import io.phyla.runs.service.Service;
import io.phyla.runs.service.ServiceOptions;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;

/** What a verb does through the service that owns the data directory, or through one that lives as long as the verb. */
@FunctionalInterface
interface ServiceUse {

    int with(URI address) throws Exception;

    /** @param what is done, for people: "the search" */
    static int run(DataOptions data, String what, CommandLine line, ServiceUse use) throws Exception {
        Optional<Announcement> running = Announcement.find(data.directory);
        if (running.isPresent()) {
            PrintWriter out = line.getOut();
            out.println("the service at " + running.get().address() + " owns " + data.directory + "; " + what
                    + " runs there"
                    + (data.askForAnotherService() ? ", with its own data and workers and not those given here" : ""));
            out.flush();
            return use.with(running.get().address());
        }
        Map<String, Path> files = data.files(line.getErr());
        ServiceOptions options =
                new ServiceOptions(data.directory, "127.0.0.1", 0, data.workers, files, List.of(), false);
        try (Service service = Service.start(options)) {
            return use.with(service.address());
        }
    }
}
