package io.phyla.evaluators.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InstructionsTest {

    private static final Set<String> WIDE = Set.of("sse", "avx2", "avx512f", "avx512bw", "avx512dq", "avx512vl");
    private static final Set<String> NARROW = Set.of("sse", "avx2", "avx512f");

    @Test
    void areTheWidestUnlessNamed() {
        assertThat(Instructions.choose(true, Optional.empty(), WIDE)).isEqualTo(Instructions.AVX512);
        assertThat(Instructions.choose(true, Optional.of(" "), WIDE)).isEqualTo(Instructions.AVX512);
        assertThat(Instructions.choose(true, Optional.of("AVX2"), WIDE)).isEqualTo(Instructions.AVX2);
        assertThat(Instructions.choose(false, Optional.of("avx2"), Set.of())).isEqualTo(Instructions.NATIVE);
    }

    @Test
    void areWhatTheMachineHas() {
        assertThat(Instructions.choose(true, Optional.empty(), NARROW)).isEqualTo(Instructions.AVX2);
        assertThat(Instructions.choose(true, Optional.of("avx512"), NARROW)).isEqualTo(Instructions.AVX2);
    }

    @Test
    void haveToBeKnown() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Instructions.choose(true, Optional.of("sse9"), WIDE))
                .withMessageContaining("'sse9'; it can be avx2 or avx512");
    }
}
