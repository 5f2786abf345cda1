package io.phyla.runs;

import io.phyla.runs.cli.BenchCommand;
import io.phyla.runs.cli.Doctor;
import io.phyla.runs.cli.ExportCommand;
import io.phyla.runs.cli.PlaceCommand;
import io.phyla.runs.cli.SearchCommand;
import io.phyla.runs.cli.Serve;
import io.phyla.runs.cli.TrainCommand;
import io.phyla.runs.cli.UploadCommand;
import io.phyla.runs.cli.WorkerCommand;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program: one command line for the service, its workers and its tools. */
@Command(
        name = "phyla",
        description = "Neural architecture search.",
        mixinStandardHelpOptions = true,
        version = "phyla 0.1.0",
        subcommands = {
            Serve.class,
            SearchCommand.class,
            TrainCommand.class,
            PlaceCommand.class,
            WorkerCommand.class,
            ExportCommand.class,
            UploadCommand.class,
            BenchCommand.class,
            Doctor.class
        })
public final class Phyla {
    private static final Logger LOG = LoggerFactory.getLogger(Phyla.class);
    private static final int FAILED = 1;

    private Phyla() {}

    /** What went wrong, in one line; the stack trace only where somebody looks for it. */
    private static int explain(Exception fault, CommandLine command, CommandLine.ParseResult arguments) {
        LOG.debug("the command failed", fault);
        command.getErr().println("phyla: " + message(fault));
        command.getErr().flush();
        return FAILED;
    }

    private static String message(Exception fault) {
        if (fault instanceof NoSuchFileException missing) {
            return "there is no file " + missing.getFile();
        }
        if (fault instanceof AccessDeniedException denied) {
            return "no permission for " + denied.getFile();
        }
        if (fault instanceof FileAlreadyExistsException present) {
            return present.getFile() + " is a file where a directory is needed";
        }
        return fault.getMessage() == null ? fault.toString() : fault.getMessage();
    }

    static CommandLine commandLine() {
        return new CommandLine(new Phyla())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Phyla::explain);
    }

    public static void main(String[] args) {
        Launcher.exitWithIt();
        System.exit(commandLine().execute(args));
    }
}
