package io.phyla.search.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.search.metric.Direction;
import io.phyla.spaces.nb201.Nb201Parameters;
import io.phyla.spaces.schema.Json;
import io.phyla.spaces.schema.Problem;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DocumentReaderTest {

    private static final String SMALLEST = """
        {"name":"n","space":{"name":"nb201"},
         "objectives":[{"metric":"toy"},{"metric":"size","direction":"maximize"}],
         "strategy":{"name":"nsga2"},"budget":{"evaluations":300}}\
        """;

    private static final String MISTAKEN = """
        {"space":{"name":"nb201","parameters":{"cells":0}},"objectives":[{"metric":"toi"}],
         "constraints":[{"metric":"toy","min":1},{"metric":"size"}],"evaluators":{"tony":{}},
         "strategy":{"name":"nsga2","parameters":{"population":1}},"budget":{"evaluations":10},"window":11}\
        """;

    @Test
    void fillsInEveryDefault() {
        SearchSetup setup = Documents.accepted(Documents.read(SMALLEST));
        assertThat(setup.space().parameters()).isEqualTo(Nb201Parameters.CIFAR10);
        assertThat(setup.objectives())
                .containsExactly(
                        new SearchSetup.Objective("toy", "", Direction.MAXIMIZE),
                        new SearchSetup.Objective("size", "", Direction.MAXIMIZE));
        assertThat(setup.evaluations()).singleElement().satisfies(wanted -> {
            assertThat(wanted.evaluator().name()).isEqualTo("toy");
            assertThat(wanted.metrics()).isEqualTo(Set.of("toy"));
        });
        ObjectNode document = Json.MAPPER.valueToTree(setup.document());
        assertThat(document.at("/space/parameters/cells").asInt()).isEqualTo(5);
        assertThat(document.at("/strategy/parameters/population").asInt()).isEqualTo(50);
        assertThat(document.at("/evaluators/toy").isObject()).isTrue();
        assertThat(document.at("/budget/patience").asInt()).isEqualTo(1000);
        assertThat(document.at("/limits/milliseconds").asInt()).isEqualTo(60_000);
        assertThat(document.at("/window").asInt()).isEqualTo(16);
        assertThat(document.at("/seed").asInt()).isEqualTo(1);
    }

    @Test
    void takesASmallerWindowForASmallerBudget() {
        assertThat(Documents.accepted(Documents.read(SMALLEST.replace("300", "5")))
                        .document()
                        .window())
                .isEqualTo(5);
    }

    @Test
    void makesAStrategyThatProposes() {
        SearchSetup setup = Documents.accepted(Documents.read(SMALLEST));
        assertThat(setup.newStrategy().visible(40)).isEqualTo(32);
    }

    @Test
    void reportsMistakesOfAllPartsAtOnce() {
        assertThat(Documents.refused(Documents.read(MISTAKEN)))
                .extracting(Problem::pointer)
                .containsExactlyInAnyOrder(
                        "/name",
                        "/space/parameters/cells",
                        "/objectives/0/metric",
                        "/constraints/0/metric",
                        "/constraints/1",
                        "/evaluators/tony",
                        "/strategy/parameters/population",
                        "/window");
    }

    @Test
    void saysWhatWasProbablyMeant() {
        assertThat(detail(SMALLEST.replace("nb201", "nb210"))).contains("did you mean 'nb201'?");
        assertThat(detail(SMALLEST.replace("nsga2", "nsga-2"))).contains("did you mean 'nsga2'?");
        assertThat(detail(SMALLEST.replace("\"size\"", "\"sise\"")))
                .contains("did you mean 'size'?")
                .contains("Known: size, toy, toy_cost");
    }

    @Test
    void saysWhatCanBeReached() {
        assertThat(detail(with("\"constraints\":[{\"metric\":\"size\",\"min\":7}]")))
                .isEqualTo("no design is that large: size lies between 0 and 6 in this space");
        assertThat(detail(with("\"constraints\":[{\"metric\":\"size\",\"max\":-0.5}]")))
                .isEqualTo("no design is that small: size lies between 0 and 6 in this space");
        assertThat(Documents.accepted(Documents.read(with("\"constraints\":[{\"metric\":\"size\",\"min\":6}]")))
                        .document()
                        .constraints())
                .hasSize(1);
    }

    /** Each bound alone can be met, by 0, 1, 2 and by 3, 4, 5, 6 large options. */
    @Test
    void refusesConstraintsThatExcludeEachOther() {
        assertThat(Documents.refused(Documents.read(
                        with("\"constraints\":[{\"metric\":\"size\",\"max\":2},{\"metric\":\"size\",\"min\":2.5}]"))))
                .extracting(Problem::pointer)
                .containsExactly("/constraints");
        assertThat(Documents.accepted(Documents.read(with(
                                "\"constraints\":[{\"metric\":\"size\",\"max\":3},{\"metric\":\"size\",\"min\":2.5}]")))
                        .document()
                        .constraints())
                .hasSize(2);
    }

    private static String with(String member) {
        return SMALLEST.replace("{\"name\":\"n\"", "{\"name\":\"n\"," + member);
    }

    private static String detail(String document) {
        assertThat(Documents.refused(Documents.read(document))).hasSize(1);
        return Documents.refused(Documents.read(document)).getFirst().detail();
    }

    @Test
    void refusesTwoScreens() {
        assertThat(Documents.refused(Documents.read(SMALLEST.replace(
                        "{\"metric\":\"toy\"}", "{\"metric\":\"sieve_sum\"},{\"metric\":\"second_sieve_sum\"}"))))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.pointer()).isEqualTo("/objectives");
                    assertThat(it.detail()).contains("second-sieve and sieve");
                });
    }
}
