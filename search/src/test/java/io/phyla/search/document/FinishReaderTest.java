package io.phyla.search.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.spaces.schema.Json;
import io.phyla.spaces.schema.Problem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What documents say of the first proposals and of the last phase. */
class FinishReaderTest {

    private static String with(String members) {
        return """
            {"name":"n","space":{"name":"toy"},"objectives":[{"metric":"size"},{"metric":"toy"}],
             "strategy":{"name":"nsga2"},"budget":{"evaluations":300},%s}\
            """.formatted(members);
    }

    @Test
    void fillsInTheObjectivesThatNeedMeasuringAndFourYardsticks() {
        SearchSetup setup = Documents.accepted(Documents.read(with("\"finish\":{}")));
        SearchSetup.Finish finish = setup.finish();
        assertThat(finish.best()).isEqualTo(3);
        assertThat(finish.seeds()).isEqualTo(4);
        assertThat(finish.metrics()).containsExactly("toy");
        assertThat(finish.yardsticks()).containsExactly("plain", "round", "square", "oblique");
        assertThat(finish.evaluations()).isEqualTo(setup.evaluations());
        JsonNode document = Json.MAPPER.valueToTree(setup.document());
        assertThat(document.at("/finish/evaluators/toy").isObject()).isTrue();
        assertThat(document.at("/finish/yardsticks")).hasSize(4);
        assertThat(Json.MAPPER.<JsonNode>valueToTree(
                        Documents.accepted(Documents.read(document)).document()))
                .as("what was accepted reads the same again")
                .isEqualTo(document);
    }

    @Test
    void thereIsNoneUnlessItIsAskedFor() {
        SearchSetup setup = Documents.accepted(Documents.read(with("\"finish\":null")));
        assertThat(setup.finish()).isNull();
        assertThat(setup.document().finish()).isNull();
        assertThat(setup.document().start()).isEmpty();
        assertThat(setup.start()).isEmpty();
    }

    @Test
    void takesNoYardsticksAndOtherMetrics() {
        SearchSetup setup = Documents.accepted(Documents.read(
                with("\"finish\":{\"best\":1,\"seeds\":9,\"metrics\":[\"toy_cost\",\"toy\"],\"yardsticks\":[]}")));
        assertThat(setup.finish().metrics()).containsExactly("toy_cost", "toy");
        assertThat(setup.finish().yardsticks()).isEmpty();
        assertThat(setup.finish().evaluations())
                .singleElement()
                .satisfies(each -> assertThat(each.metrics()).containsExactlyInAnyOrder("toy", "toy_cost"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"start\":[\"all_a\",\"all_b\",\"all_h\"]; /start/2; unknown start 'all_h'; did you mean 'all_a'?",
                "\"start\":[\"all_a\",\"all_b\",\"all_a\"]; /start/2; start all_a stands already at /start/0",
                "\"start\":[7]; /start/0; must be a string, not the number 7",
                "\"finish\":7; /finish; must be an object, not the number 7",
                "\"finish\":{\"besst\":1}; /finish/besst; did you mean 'best'?",
                "\"finish\":{\"seeds\":0}; /finish/seeds; must be at least 1",
                "\"finish\":{\"yardsticks\":[\"sqare\"]}; /finish/yardsticks/0; did you mean 'square'?",
                "\"finish\":{\"yardsticks\":[\"plain\",\"plain\"]}; /finish/yardsticks/1; stands already at"
                        + " /finish/yardsticks/0",
                "\"finish\":{\"metrics\":[\"toi\"]}; /finish/metrics/0; did you mean 'toy'?",
                "\"finish\":{\"metrics\":[\"size\"]}; /finish/metrics/0; size follows from the design alone",
                "\"finish\":{\"metrics\":[]}; /finish/metrics; 1",
                "\"finish\":{\"evaluators\":{\"toi\":{}}}; /finish/evaluators/toi; did you mean 'toy'?",
                "\"finish\":{\"evaluators\":{\"toy\":{\"steps\":1}}}; /finish/evaluators/toy/steps; unknown member"
                        + " 'steps'",
                "\"finish\":{\"best\":0,\"yardsticks\":[]}; /finish/best; nothing is evaluated",
            })
    void saysWhatIsWrongAndWhere(String members, String pointer, String detail) {
        List<Problem> problems = Documents.refused(Documents.read(with(members.strip())));
        assertThat(problems).singleElement().satisfies(each -> {
            assertThat(each.pointer()).isEqualTo(pointer);
            assertThat(each.detail()).contains(detail);
        });
    }

    @Test
    void aSpaceThatKnowsNothingSaysSo() {
        String document = with("\"start\":[\"bn_relu\"],\"finish\":{\"yardsticks\":[\"bn_relu\"]}")
                .replace("toy\"}", "nb201\"}");
        String measured = document.replace("{\"metric\":\"nb201\"}", "{\"metric\":\"toy\"}");
        assertThat(Documents.refused(Documents.read(measured)))
                .extracting(each -> Map.entry(each.pointer(), each.detail()))
                .containsExactlyInAnyOrder(
                        Map.entry("/start/0", "unknown start 'bn_relu'. This space has none."),
                        Map.entry("/finish/yardsticks/0", "unknown yardstick 'bn_relu'. This space has none."));
    }

    @Test
    void whatFollowsFromTheDesignNeedsNoSecondLook() {
        String document = with("\"finish\":{}").replace(",{\"metric\":\"toy\"}", "");
        assertThat(Documents.refused(Documents.read(document)))
                .singleElement()
                .satisfies(each -> assertThat(each.pointer()).isEqualTo("/finish"));
    }

    /** A mistake in the search's own evaluators is reported once, where it stands. */
    @Test
    void whatTheSearchGotWrongIsNotReportedAgain() {
        String document = with("\"evaluators\":{\"toy\":{\"steps\":1}},\"finish\":{}");
        assertThat(Documents.refused(Documents.read(document)))
                .extracting(Problem::pointer)
                .containsExactly("/evaluators/toy/steps");
    }

    /** Mending the one would only bring up the other. */
    @Test
    void theSameMistakeInBothIsReportedInBoth() {
        String document =
                with("\"evaluators\":{\"toy\":{\"steps\":1}},\"finish\":{\"evaluators\":{\"toy\":{\"steps\":2}}}");
        assertThat(Documents.refused(Documents.read(document)))
                .extracting(Problem::pointer)
                .containsExactlyInAnyOrder("/evaluators/toy/steps", "/finish/evaluators/toy/steps");
    }
}
