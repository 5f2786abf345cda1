package io.phyla.evaluators.worker;

import io.phyla.evaluators.artifacts.FileArtifacts;
import io.phyla.evaluators.worker.Protocol.Reply;
import io.phyla.evaluators.worker.Protocol.Request;
import io.phyla.search.candidate.Cause;
import io.phyla.search.port.Artifacts;
import io.phyla.search.port.EvaluatorPool.Batch;
import io.phyla.search.port.EvaluatorPool.Task;
import io.phyla.search.training.CurvePoint;
import io.phyla.spaces.Genome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;

/**
 * A worker process: requests on standard input, replies on standard output, one evaluation,
 * training or inspection at a time. It ends as soon as its
 * input ends, also in the middle of an evaluation, so it never outlives the service, however that died.
 */
public final class WorkerMain {

    private static final int MISUSED = 2;

    private final PrintStream replies;
    private final TaskRunner runner;
    private final TrainingRunner trainings;
    private final Map<String, Batch> batches = new HashMap<>();

    private WorkerMain(PrintStream replies, Artifacts artifacts) {
        this.replies = replies;
        runner = new TaskRunner(artifacts);
        trainings = new TrainingRunner(artifacts);
    }

    /** @param args the artifacts' directory */
    public static void main(String[] args) throws InterruptedException {
        PrintStream replies = System.out;
        System.setOut(System.err);
        if (args.length != 1) {
            System.err.println("a worker needs one argument: the directory of the artifacts");
            System.exit(MISUSED);
        }
        BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
        Thread.ofPlatform().daemon().name("requests").start(() -> read(requests));
        new WorkerMain(replies, new FileArtifacts(Path.of(args[0]))).serve(requests);
    }

    /** An evaluation, which may hang in native code, would not notice that the input ended: this thread does. */
    private static void read(BlockingQueue<Request> requests) {
        int code = 0;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                requests.add(Protocol.request(line));
            }
        } catch (IOException e) {
            System.err.println("a request cannot be read: " + e.getMessage());
            code = MISUSED;
        } finally {
            Runtime.getRuntime().halt(code);
        }
    }

    private void serve(BlockingQueue<Request> requests) throws InterruptedException {
        reply(new Reply.Ready(ProcessHandle.current().pid()));
        while (true) {
            switch (requests.take()) {
                case Request.Open open -> batches.put(open.batch().id(), open.batch());
                case Request.Evaluate evaluate -> evaluate(evaluate);
                case Request.Forget forget -> {
                    batches.remove(forget.batch());
                    runner.forget(forget.batch());
                }
                case Request.Train train -> train(train, () -> requests.peek() instanceof Request.Stop);
                case Request.Inspect inspect ->
                    reply(new Reply.Inspected(inspect.ticket(), InspectionRunner.run(inspect), resident()));
                case Request.Stop _ -> {
                    // It comes late where the training has just left by itself.
                }
            }
        }
    }

    private void evaluate(Request.Evaluate request) {
        Batch batch = batches.get(request.batch());
        if (batch == null) {
            Cause cause = new Cause(Cause.Kind.EVALUATION_FAILED, "the worker does not know search " + request.batch());
            reply(new Reply.Done(request.ticket(), null, 0, cause, 0, resident()));
            return;
        }
        long start = System.nanoTime();
        TaskRunner.Answer answer = runner.run(
                new Task(batch, request.ticket(), Genome.parse(request.genome()), request.seed(), request.yardstick()),
                () -> reply(new Reply.Started(request.ticket())));
        long milliseconds = (System.nanoTime() - start) / 1_000_000;
        reply(
                switch (answer) {
                    case TaskRunner.Answer.Values values ->
                        new Reply.Done(
                                request.ticket(), values.values(), values.cost(), null, milliseconds, resident());
                    case TaskRunner.Answer.NoValues none ->
                        new Reply.Done(request.ticket(), null, 0, none.cause(), milliseconds, resident());
                });
    }

    private void train(Request.Train request, BooleanSupplier stop) {
        long ticket = request.ticket();
        TrainingRunner.Listener listener = new TrainingRunner.Listener() {
            @Override
            public void started() {
                reply(new Reply.Started(ticket));
            }

            @Override
            public void point(CurvePoint point) {
                reply(new Reply.Progress(ticket, point));
            }

            @Override
            public void saved() {
                reply(new Reply.Saved(ticket));
            }
        };
        TrainingRunner.End end = trainings.run(request.task(), Path.of(request.directory()), stop, listener);
        Cause cause = end instanceof TrainingRunner.End.NotTrained not ? not.cause() : null;
        reply(new Reply.Left(ticket, end instanceof TrainingRunner.End.Trained, cause, resident()));
    }

    private static long resident() {
        return ResidentMemory.bytes(ProcessHandle.current().pid());
    }

    private void reply(Reply reply) {
        replies.print(Protocol.write(reply) + '\n');
        replies.flush();
    }
}
