package io.phyla.evaluators.worker;

import java.nio.file.Path;
import java.util.List;

/**
 * How worker processes are run.
 *
 * @param workers how many
 * @param artifacts the directory they read data from
 * @param classPath what they run from
 * @param most resident bytes a worker may have on its own account: with more it is replaced between two tasks, and ended in
 *     the middle of one when it has more than these and the evaluation's together
 */
public record PoolOptions(int workers, Path artifacts, String classPath, List<String> extraFlags, long most) {

    private static final long TWO_GIBIBYTES = 2L << 30;

    /** As many workers as wished, 0 for one per core, from this process's own class path. */
    public static PoolOptions of(int workers, Path artifacts) {
        int count = workers > 0 ? workers : Runtime.getRuntime().availableProcessors();
        return new PoolOptions(count, artifacts, System.getProperty("java.class.path"), List.of(), TWO_GIBIBYTES);
    }
}
