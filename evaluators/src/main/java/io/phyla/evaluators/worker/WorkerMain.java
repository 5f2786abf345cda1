package io.phyla.evaluators.worker;

import io.phyla.evaluators.artifacts.FileArtifacts;
import io.phyla.evaluators.worker.Protocol.Reply;
import io.phyla.evaluators.worker.Protocol.Request;
import io.phyla.search.candidate.Cause;
import io.phyla.search.port.EvaluatorPool.Batch;
import io.phyla.spaces.Genome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A worker process: requests on standard input, replies on standard output, one evaluation at a time. It ends when its
 * input ends, so it never outlives the service, however that died.
 */
public final class WorkerMain {

    private static final int GONE = 3;
    private static final long PAGE_BYTES = 4096;
    private static final Path MEMORY = Path.of("/proc/self/statm");

    private final PrintStream replies;
    private final TaskRunner runner;
    private final Map<String, Batch> batches = new HashMap<>();

    private WorkerMain(PrintStream replies, TaskRunner runner) {
        this.replies = replies;
        this.runner = runner;
    }

    /** @param args the artifacts' directory */
    public static void main(String[] args) throws IOException {
        PrintStream replies = System.out;
        System.setOut(System.err);
        if (args.length != 1) {
            System.err.println("a worker needs one argument: the directory of the artifacts");
            System.exit(2);
        }
        exitWithParent();
        try (TaskRunner runner = new TaskRunner(new FileArtifacts(Path.of(args[0])));
                BufferedReader requests =
                        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            new WorkerMain(replies, runner).serve(requests);
        }
    }

    /** A task that hangs in native code would not notice that the input ended. */
    private static void exitWithParent() {
        ProcessHandle.current()
                .parent()
                .ifPresent(parent ->
                        parent.onExit().thenRun(() -> Runtime.getRuntime().halt(GONE)));
    }

    private void serve(BufferedReader requests) throws IOException {
        reply(new Reply.Ready(ProcessHandle.current().pid()));
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            switch (Protocol.request(line)) {
                case Request.Open open -> batches.put(open.batch().id(), open.batch());
                case Request.Evaluate evaluate -> evaluate(evaluate);
                case Request.Forget forget -> {
                    batches.remove(forget.batch());
                    runner.forget(forget.batch());
                }
            }
        }
    }

    private void evaluate(Request.Evaluate request) {
        Batch batch = batches.get(request.batch());
        if (batch == null) {
            Cause cause = new Cause(Cause.Kind.EVALUATION_FAILED, "the worker does not know search " + request.batch());
            reply(new Reply.Done(request.ticket(), null, 0, cause, 0, residentBytes()));
            return;
        }
        long start = System.nanoTime();
        TaskRunner.Answer answer = runner.run(batch, Genome.parse(request.genome()), request.seed());
        long milliseconds = (System.nanoTime() - start) / 1_000_000;
        reply(
                switch (answer) {
                    case TaskRunner.Answer.Values values ->
                        new Reply.Done(
                                request.ticket(), values.values(), values.cost(), null, milliseconds, residentBytes());
                    case TaskRunner.Answer.NoValues none ->
                        new Reply.Done(request.ticket(), null, 0, none.cause(), milliseconds, residentBytes());
                });
    }

    private void reply(Reply reply) {
        replies.print(Protocol.write(reply) + '\n');
        replies.flush();
    }

    /** 0 where the system does not say. */
    private static long residentBytes() {
        try {
            return Long.parseLong(Files.readString(MEMORY).split(" ")[1]) * PAGE_BYTES;
        } catch (IOException e) {
            return 0;
        }
    }
}
