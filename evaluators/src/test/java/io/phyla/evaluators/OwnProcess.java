package io.phyla.evaluators;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a main class in a process of its own: vectors stop being objects when their loops are compiled, and what other tests
 * have run before changes how they are.
 */
public final class OwnProcess {

    private OwnProcess() {}

    /** The last line that it prints; it has to end well. */
    public static String lastLine(Class<?> main, String... arguments) throws IOException, InterruptedException {
        return lastLine(List.of(), main, arguments);
    }

    /** @param flags of the virtual machine beside this one's */
    public static String lastLine(List<String> flags, Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String last = "";
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                last = line;
            }
        }
        assertThat(process.waitFor()).isZero();
        return last;
    }
}
