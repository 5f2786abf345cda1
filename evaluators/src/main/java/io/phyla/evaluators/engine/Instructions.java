package io.phyla.evaluators.engine;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.bytedeco.javacpp.Loader;

/**
 * The vector instructions that native kernels may use: the widest the machine has, or those named by the environment variable
 * {@value #VARIABLE}. Evaluations repeat bit for bit on all machines with the same instructions, and differ in the last digits
 * between instructions, for other kernels sum in another order. Naming avx2 makes them the same on every x86-64 machine of
 * the last ten years.
 */
public enum Instructions {
    /** 256 bits. */
    AVX2(dnnl_cpu_isa_avx2),
    /** 512 bits, as far as the native library knows them. */
    AVX512(dnnl_cpu_isa_avx512_core),
    /** Whatever a machine of another architecture has. */
    NATIVE(dnnl_cpu_isa_default);

    /** Its name is the lower-case name of a constant. */
    public static final String VARIABLE = "PHYLA_INSTRUCTIONS";

    /** The lanes of our own kernels, the same on every machine, so that their sums are. */
    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;

    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    /** What the library's 512-bit kernels need. */
    private static final Set<String> FLAGS_512 = Set.of("avx512f", "avx512bw", "avx512dq", "avx512vl");

    private static final Instructions IN_USE =
            choose(Loader.getPlatform().endsWith("x86_64"), Optional.ofNullable(System.getenv(VARIABLE)), flags());

    private final int most;

    Instructions(int most) {
        this.most = most;
    }

    /** Those in use. Part of every result's provenance; asking loads no native library. */
    public static Instructions inUse() {
        return IN_USE;
    }

    /**
     * @param wanted what the environment names
     * @param flags of the processor
     * @throws IllegalStateException if the environment names nothing there is
     */
    static Instructions choose(boolean x86, Optional<String> wanted, Set<String> flags) {
        if (!x86) {
            return NATIVE;
        }
        boolean wide =
                wanted.filter(name -> !name.isBlank()).map(Instructions::named).orElse(AVX512) == AVX512;
        return wide && flags.containsAll(FLAGS_512) ? AVX512 : AVX2;
    }

    private static Instructions named(String wanted) {
        return switch (wanted.strip().toLowerCase(Locale.ROOT)) {
            case "avx2" -> AVX2;
            case "avx512" -> AVX512;
            default ->
                throw new IllegalStateException(
                        VARIABLE + " is '" + wanted + "'; it can be avx2 or avx512, or left out for the widest");
        };
    }

    /** Of the first processor; none where the system does not tell, and then 256 bits have to do. */
    private static Set<String> flags() {
        try (Stream<String> lines = Files.lines(PROCESSORS)) {
            return lines.filter(line -> line.startsWith("flags"))
                    .findFirst()
                    .map(line -> Set.copyOf(Arrays.asList(line.split("\\W+"))))
                    .orElse(Set.of());
        } catch (IOException e) {
            return Set.of();
        }
    }

    /** The name in JSON, in the environment and on screen. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Has to come before the library is used for anything else. */
    static void limit() {
        Dnnl.check(dnnl_set_max_cpu_isa(IN_USE.most), "limiting the instruction set to " + IN_USE);
    }
}
