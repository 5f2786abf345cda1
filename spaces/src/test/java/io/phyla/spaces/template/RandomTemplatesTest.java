package io.phyla.spaces.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.spaces.Genome;
import io.phyla.spaces.design.Network;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What holds for every right document. */
class RandomTemplatesTest {

    private static final int DOCUMENTS = 500;
    private static final int SAMPLES = 20;
    private static final long WORK = 1000;

    /** The validator takes longer than all the rest. */
    private static final int JUDGED = 20;

    private static final int MOST_GENOMES = 3000;

    @Test
    void rightDocumentsAreAcceptedAndEverySampleIsANetwork() {
        RandomTemplates templates = new RandomTemplates(1);
        SchemaJudge judge = new SchemaJudge();
        int counted = 0;
        for (int i = 0; i < DOCUMENTS; i++) {
            ObjectNode document = templates.next();
            assertThat(TemplateDocument.check(document, WORK))
                    .as("%s", document)
                    .isEmpty();
            if (i % JUDGED == 0) {
                assertThat(judge.accepts(document)).as("%s", document).isTrue();
            }
            TemplateSpace space = Samples.space(document);
            SplittableRandom random = new SplittableRandom(i);
            for (int sample = 0; sample < SAMPLES; sample++) {
                Network network = space.decode(space.sample(random));
                assertThat(network.output().channels()).isEqualTo(10);
            }
            if (space.size().compareTo(BigInteger.valueOf(200)) <= 0) {
                sizeIsTheNumberOfDifferentActiveCombinations(space);
                counted++;
            }
        }
        assertThat(counted).isGreaterThan(20);
    }

    /** Every genome there is, also those whose inactive decisions differ: they decode to the same. */
    private static void sizeIsTheNumberOfDifferentActiveCombinations(TemplateSpace space) {
        Set<Genome> canonical = new HashSet<>();
        int[] options = new int[space.decisions().size()];
        int looked = 0;
        boolean more = true;
        while (more && looked++ < MOST_GENOMES) {
            Genome genome = Genome.of(options);
            Genome reduced = space.canonical(genome);
            if (canonical.add(reduced) || looked % 31 == 0) {
                assertThat(space.decode(genome)).isEqualTo(space.decode(reduced));
            }
            more = false;
            for (int i = options.length - 1; i >= 0 && !more; i--) {
                options[i] =
                        (options[i] + 1) % space.decisions().get(i).options().size();
                more = options[i] > 0;
            }
        }
        if (!more) {
            assertThat(space.size()).isEqualTo(BigInteger.valueOf(canonical.size()));
        }
    }
}
