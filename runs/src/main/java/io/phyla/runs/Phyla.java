package io.phyla.runs;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program: one command line for the service, its workers and its tools. */
@Command(name = "phyla", mixinStandardHelpOptions = true, version = "phyla 0.1.0")
public final class Phyla {
    private Phyla() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Phyla()).execute(args));
    }
}
