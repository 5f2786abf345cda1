package io.phyla.runs.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.runs.client.ServiceClient;
import io.phyla.runs.service.Service;
import io.phyla.runs.service.ServiceOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How many candidates a second go from proposal over a worker process into the database when evaluating them costs
 * nothing: whole service, HTTP included, window 64, every commit durable. Prints the rate around 1,000 candidates and
 * around the last ones, and what a candidate takes on disk. The first search only warms the machine up.
 *
 * <p>Arguments: candidates (100,000), strategy ({@code regularized-evolution}), workers (one per core).
 */
public final class Throughput {

    private static final long EARLY = 1_000;
    private static final long SPAN = 1_000;
    private static final long WARM_UP = 20_000;
    private static final long POLL_MILLIS = 10;

    private static final String DOCUMENT = """
        {
          "name": "throughput",
          "space": {"name": "wide"},
          "objectives": [{"metric": "noop"}],
          "evaluators": {"noop": {"milliseconds": 0}},
          "strategy": {"name": "%s"},
          "budget": {"evaluations": %d},
          "window": 64
        }
        """;

    private Throughput() {}

    private record Mark(long candidates, double seconds) {}

    public static void main(String[] args) throws IOException, InterruptedException {
        long candidates = args.length > 0 ? Long.parseLong(args[0]) : 100_000;
        String strategy = args.length > 1 ? args[1] : "regularized-evolution";
        String workers = args.length > 2 ? args[2] : "0";
        Path directory = Files.createTempDirectory("phyla-throughput");
        try (Service service = Service.start(
                        new ServiceOptions(directory, "127.0.0.1", 0, workers, Map.of(), List.of(), true));
                ServiceClient client = new ServiceClient(service.address())) {
            run(client, DOCUMENT.formatted(strategy, WARM_UP));
            long before = Files.size(directory.resolve("phyla.mv.db"));
            List<Mark> marks = run(client, DOCUMENT.formatted(strategy, candidates));
            long grown = Files.size(directory.resolve("phyla.mv.db")) - before;
            double early = rate(marks, EARLY);
            double late = rate(marks, candidates - SPAN);
            Mark end = marks.getLast();
            System.out.printf("%s, %,d candidates, workers %s%n", strategy, candidates, workers);
            System.out.printf("  at %,9d  %,8.0f candidates/s%n", EARLY, early);
            System.out.printf("  at %,9d  %,8.0f candidates/s, %.2f of that%n", candidates, late, late / early);
            System.out.printf("  overall       %,8.0f candidates/s%n", end.candidates() / end.seconds());
            System.out.printf("  database      %,8d bytes per candidate%n", grown / candidates);
        } finally {
            delete(directory);
        }
    }

    private static List<Mark> run(ServiceClient client, String document) throws IOException, InterruptedException {
        long start = System.nanoTime();
        String id = client.create(document).path("id").asText();
        List<Mark> marks = new ArrayList<>(List.of(new Mark(0, 0)));
        while (true) {
            JsonNode search = client.search(id);
            marks.add(
                    new Mark(search.path("progress").path("evaluations").asLong(), (System.nanoTime() - start) / 1e9));
            if (search.hasNonNull("ended_by")) {
                return marks;
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    /** Between the marks nearest to half a span before and after. */
    private static double rate(List<Mark> marks, long around) {
        Mark from = nearest(marks, around - SPAN / 2);
        Mark to = nearest(marks, around + SPAN / 2);
        return (to.candidates() - from.candidates()) / (to.seconds() - from.seconds());
    }

    private static Mark nearest(List<Mark> marks, long candidates) {
        return marks.stream()
                .min(Comparator.comparingLong(mark -> Math.abs(mark.candidates() - candidates)))
                .orElseThrow();
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
