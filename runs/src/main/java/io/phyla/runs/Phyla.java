package io.phyla.runs;

import io.phyla.runs.cli.Doctor;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program: one command line for the service, its workers and its tools. */
@Command(
        name = "phyla",
        description = "Neural architecture search.",
        mixinStandardHelpOptions = true,
        version = "phyla 0.1.0",
        subcommands = Doctor.class)
public final class Phyla {
    private Phyla() {}

    public static void main(String[] args) {
        Launcher.exitWithIt();
        System.exit(new CommandLine(new Phyla()).execute(args));
    }
}
