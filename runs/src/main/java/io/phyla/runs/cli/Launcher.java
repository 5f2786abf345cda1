package io.phyla.runs.cli;

import java.util.Optional;

/** The process that restarted us on a fitting JDK: when it is gone, nobody can stop us by its id any more. */
final class Launcher {

    private Launcher() {}

    /** Calls back when the launcher is gone; does nothing where there is none. */
    static void watch(Runnable gone) {
        Optional.ofNullable(System.getenv("PHYLA_LAUNCHER_PID"))
                .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)))
                .ifPresent(launcher -> launcher.onExit().thenRun(gone));
    }
}
