package io.phyla.spaces.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.spaces.schema.Problem;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BrokenTemplatesTest {

    private static final int DOCUMENTS = 2000;
    private static final long WORK = 1000;

    /** The validator takes longer than all the rest. */
    private static final int JUDGED = 5;

    /** Whatever was done to a document: mistakes with places that are there, or a space whose networks can be built. */
    @Test
    void saysWhereItIsBrokenOrIsASpace() {
        BrokenTemplates broken = new BrokenTemplates(1);
        SchemaJudge judge = new SchemaJudge();
        Map<String, Integer> refused = new TreeMap<>();
        for (int i = 0; i < DOCUMENTS; i++) {
            BrokenTemplates.Changed changed = broken.next();
            JsonNode document = changed.document();
            List<Problem> problems = TemplateDocument.check(document, WORK);
            assertThat(problems.isEmpty() && changed.broken())
                    .as("%s is accepted: %s", changed.how(), document)
                    .isFalse();
            assertThat(problems).hasSizeLessThanOrEqualTo(600).allSatisfy(each -> {
                assertThat(exists(document, each.pointer()))
                        .as("%s in %s", each, changed.how())
                        .isTrue();
                assertThat(each.detail()).isNotBlank().hasSizeLessThan(4000);
            });
            if (problems.isEmpty()) {
                assertThat(i % JUDGED > 0 || judge.accepts(document))
                        .as("the schema refuses what is a space: %s", document)
                        .isTrue();
                TemplateSpace space = Samples.space(document);
                space.decode(space.sample(new SplittableRandom(i)));
            } else {
                refused.merge(changed.how(), 1, Integer::sum);
                assertThat(changed.structural() && i % JUDGED == 0 && judge.accepts(document))
                        .as("the schema accepts %s: %s", changed.how(), document)
                        .isFalse();
            }
        }
        assertThat(refused)
                .hasSize(11)
                .allSatisfy((how, count) -> assertThat(count).as(how).isGreaterThan(20));
    }

    /** The place itself, or for something missing the place it is missing from. */
    private static boolean exists(JsonNode document, String pointer) {
        JsonPointer place = JsonPointer.compile(pointer);
        return !document.at(place).isMissingNode() || !document.at(place.head()).isMissingNode();
    }
}
