package io.phyla.evaluators.engine;

import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * Kernels use the thread that calls them and no other: more would divide sums differently, so that numbers depended on the
 * machine's cores, and they would wait for each other wherever cores are busy. OpenMP keeps the number of threads per calling
 * thread, so each has to say it once.
 */
final class OneThread {

    private static final ThreadLocal<Boolean> SAID = ThreadLocal.withInitial(() -> {
        // The holder finds its library only after ND4J has started.
        Nd4j.getBackend();
        NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
        return true;
    });

    private OneThread() {}

    /** From now on the calling thread computes alone. */
    static void enter() {
        SAID.get();
    }
}
