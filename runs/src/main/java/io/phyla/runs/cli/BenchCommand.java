package io.phyla.runs.cli;

import picocli.CommandLine.Command;

/** Measurements on this machine. */
@Command(
        name = "bench",
        description = "Measures on this machine.",
        mixinStandardHelpOptions = true,
        subcommands = BenchEngine.class)
public final class BenchCommand {}
