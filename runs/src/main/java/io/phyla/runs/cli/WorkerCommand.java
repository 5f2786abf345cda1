package io.phyla.runs.cli;

import io.phyla.evaluators.worker.WorkerMain;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** One worker process by hand: tasks on standard input, results on standard output. */
@Command(
        name = "worker",
        description = "Evaluates tasks from standard input; what the service starts once per core.",
        mixinStandardHelpOptions = true)
public final class WorkerCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ARGS", description = "The worker's arguments.")
    private List<String> arguments = List.of();

    @Override
    public Integer call() throws Exception {
        WorkerMain.main(arguments.toArray(String[]::new));
        return 0;
    }
}
