package io.phyla.runs;

import java.util.Optional;

/** The process that started this one to have it run on the right JDK; see {@code io.phyla.launch.Launch}. */
final class Launcher {
    private static final int KILLED = 137;

    private Launcher() {}

    /** Ends the program in good order when its launcher is gone, so that no service is left behind that nobody sees. */
    static void exitWithIt() {
        var pid = System.getenv("PHYLA_LAUNCHER_PID");
        if (pid != null) {
            var launcher = find(pid);
            Thread.ofPlatform().daemon().name("launcher-watch").start(() -> exitAfter(launcher));
        }
    }

    /** A build tool cannot say its own process id: it says {@code parent}. */
    private static Optional<ProcessHandle> find(String pid) {
        return pid.equals("parent") ? ProcessHandle.current().parent() : ProcessHandle.of(Long.parseLong(pid));
    }

    private static void exitAfter(Optional<ProcessHandle> launcher) {
        launcher.ifPresent(process -> process.onExit().join());
        System.exit(KILLED);
    }
}
