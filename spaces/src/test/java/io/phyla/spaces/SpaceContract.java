package io.phyla.spaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.NetworkJson;
import io.phyla.spaces.schema.Json;
import io.phyla.spaces.schema.Problem;
import io.phyla.spaces.schema.RecordReader;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What every space promises: a test class that implements this and names a space checks it. */
public interface SpaceContract {

    int SAMPLES = 50;

    SearchSpace space();

    @Test
    default void samplesHaveOnlyWhatExistsAndCanBeDecoded() {
        each(genome -> {
            assertThat(space().tree().canonical(genome)).isEqualTo(genome);
            assertThat(space().decode(genome)).isEqualTo(space().decode(genome));
            assertThat(space().text(genome)).isNotBlank().isEqualTo(space().text(genome));
        });
    }

    @Test
    default void sampleIsAFunctionOfTheStream() {
        assertThat(space().sample(new SplittableRandom(7))).isEqualTo(space().sample(new SplittableRandom(7)));
    }

    @Test
    default void hasDesigns() {
        assertThat(space().size()).isBetween(BigInteger.ONE, space().tree().size());
        assertThat(space().decisions()).isNotEmpty();
    }

    @Test
    default void formsAreEqualExactlyWhereKeysAre() {
        SplittableRandom random = new SplittableRandom(3);
        each(genome -> {
            int decision = random.nextInt(genome.size());
            Genome other = genome.with(
                    decision,
                    random.nextInt(space().decisions().get(decision).options().size()));
            boolean equal = space().canonical(other).equals(space().canonical(genome));
            assertThat(space().key(other).equals(space().key(genome))).isEqualTo(equal);
            assertThat(space().canonical(space().canonical(other))).isEqualTo(space().canonical(other));
            if (space().tree().canonical(other).equals(space().tree().canonical(genome))) {
                assertThat(equal).isTrue();
                assertThat(space().decode(other)).isEqualTo(space().decode(genome));
            }
        });
    }

    /** A space that merges more than what does not exist has more designs as written than forms. */
    @Test
    default void canonicalFormsAreGenomesOfTheirOwn() {
        each(genome -> {
            Genome canonical = space().canonical(genome);
            assertThat(space().canonical(canonical)).isEqualTo(canonical);
            assertThat(space().tree().canonical(canonical)).isEqualTo(canonical);
            assertThat(space().key(canonical)).isEqualTo(space().key(genome));
            assertThat(space().decode(canonical)).isEqualTo(space().decode(canonical));
        });
    }

    @Test
    default void knownDesignsAreGenomesAndYardsticksDesigns() {
        space().known().forEach((name, genome) -> {
            assertThat(space().tree().canonical(genome)).as(name).isEqualTo(genome);
            assertThat(space().decode(genome)).isNotNull();
        });
        space().yardsticks()
                .forEach((name, design) ->
                        assertThat(design.network().nodes()).as(name).isNotEmpty());
    }

    @Test
    default void refusesGenomesOfAnotherForm() {
        Genome genome = space().sample(new SplittableRandom(1));
        int last = genome.size() - 1;
        int count = space().decisions().get(last).options().size();
        assertThatIllegalArgumentException().isThrownBy(() -> space().decode(Genome.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> space().decode(genome.with(last, count)));
        assertThatIllegalArgumentException().isThrownBy(() -> space().decode(genome.with(last, -1)));
        assertThatIllegalArgumentException().isThrownBy(() -> space().canonical(genome.with(last, count)));
    }

    @Test
    default void parametersSurviveJson() {
        List<Problem> problems = new ArrayList<>();
        Record read = RecordReader.read(
                Json.MAPPER.valueToTree(space().parameters()),
                space().parameters().getClass(),
                "",
                problems);
        assertThat(problems).isEmpty();
        assertThat(read).isEqualTo(space().parameters());
    }

    @Test
    default void networksSurviveJson() {
        each(genome -> {
            switch (space().decode(genome)) {
                case Network network ->
                    assertThat(NetworkJson.read(NetworkJson.write(network))).isEqualTo(network);
                case LayerProgram program ->
                    assertThat(NetworkJson.read(NetworkJson.write(program.network())))
                            .isEqualTo(program.network());
            }
        });
    }

    private void each(Consumer<Genome> check) {
        SplittableRandom random = new SplittableRandom(1);
        for (int sample = 0; sample < SAMPLES; sample++) {
            check.accept(space().sample(random));
        }
    }
}
