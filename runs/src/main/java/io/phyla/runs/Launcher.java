package io.phyla.runs;

/** The process that started this one to have it run on the right JDK; see {@code io.phyla.launch.Launch}. */
final class Launcher {
    private static final int KILLED = 137;

    private Launcher() {}

    /** Ends the program in good order when its launcher is gone, so that no service is left behind that nobody sees. */
    static void exitWithIt() {
        var pid = System.getenv("PHYLA_LAUNCHER_PID");
        if (pid == null) {
            return;
        }
        ProcessHandle.current()
                .parent()
                .filter(parent -> Long.toString(parent.pid()).equals(pid))
                .ifPresentOrElse(parent -> parent.onExit().thenRun(() -> System.exit(KILLED)), () -> System.exit(KILLED));
    }
}
