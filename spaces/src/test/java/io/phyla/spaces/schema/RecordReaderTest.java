package io.phyla.spaces.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordReaderTest {

    enum Colour {
        RED,
        DARK_BLUE
    }

    record Inner(
            @Param(description = "Any.", min = 1, max = 5) int small,
            @Nullable String note) {}

    record Outer(
            @Param(description = "Needed.", min = 2) String name,

            @Param(description = "Defaulted.", byDefault = "7")
            int windowSize,

            @Param(description = "Some.", min = 1) List<Inner> items,
            Map<String, Double> table,
            @Nullable Colour colour,
            double ratio) {
        Outer {
            if (ratio > 1) {
                throw new IllegalArgumentException("ratio must not exceed 1");
            }
        }
    }

    private static final String GOOD = """
        {"name":"abc","items":[{"small":1}],"table":{"a/b":1.5},"colour":"dark_blue","ratio":0.5}\
        """;

    @Test
    void readsWhatIsThereAndFillsInDefaults() {
        assertThat(problems(GOOD)).isEmpty();
        assertThat(read(GOOD, new ArrayList<>()))
                .isEqualTo(new Outer("abc", 7, List.of(new Inner(1, null)), Map.of("a/b", 1.5), Colour.DARK_BLUE, 0.5));
    }

    @Test
    void reportsEverythingAtOnceAtItsPlace() {
        String bad = """
            {"name":"a","window_sise":3,"items":[{"small":1},{"small":9,"x":1}],
             "table":{"a/b":"no"},"colour":"blue","ratio":1e999}\
            """;
        assertThat(problems(bad))
                .extracting(Problem::pointer)
                .containsExactlyInAnyOrder(
                        "/window_sise", "/name", "/items/1/x", "/items/1/small", "/table/a~1b", "/colour", "/ratio");
        assertThat(problems(bad))
                .extracting(Problem::detail)
                .anyMatch(each -> each.contains("did you mean 'window_size'?"));
    }

    @Test
    void reportsWhatTheRecordItselfRefuses() {
        assertThat(problems(GOOD.replace("0.5", "2"))).containsExactly(new Problem("", "ratio must not exceed 1"));
    }

    @Test
    void refusesFractionsAndOverflowWhereWholeNumbersAreMeant() {
        assertThat(problems(GOOD.replace("\"small\":1", "\"small\":1.5")))
                .extracting(Problem::pointer)
                .containsExactly("/items/0/small");
        assertThat(problems(GOOD.replace("\"small\":1", "\"small\":1e30")))
                .extracting(Problem::pointer)
                .containsExactly("/items/0/small");
        assertThat(problems("[]")).extracting(Problem::pointer).containsExactly("");
    }

    /** What {@code double} cannot hold exactly must not come back changed. */
    @Test
    void takesWholeNumbersExactlyOrNotAtAll() {
        assertThat(whole("9007199254740992")).isEqualTo(9007199254740992L);
        assertThat(whole("-9007199254740992")).isEqualTo(-9007199254740992L);
        assertThat(whole("3.0")).isEqualTo(3L);
        assertThat(whole("2e3")).isEqualTo(2000L);
        for (String refused : List.of("9007199254740993", "1e17", "1e400", "9".repeat(400), "0.5", "\"1\"", "true")) {
            assertThat(whole(refused)).as(refused).isNull();
        }
    }

    private static @Nullable Long whole(String number) {
        List<Problem> problems = new ArrayList<>();
        Whole read = read("{\"value\":" + number + "}", Whole.class, problems);
        assertThat(problems).extracting(Problem::pointer).isEqualTo(read == null ? List.of("/value") : List.of());
        return read == null ? null : read.value();
    }

    record Whole(long value) {}

    @Test
    void nullIsTheSameAsAbsentOnlyWhereItIsAllowed() {
        assertThat(problems(GOOD.replace("\"dark_blue\"", "null"))).isEmpty();
        assertThat(problems(GOOD.replace("{\"name\"", "{\"window_size\":null,\"name\"")))
                .containsExactly(new Problem("/window_size", "must be a whole number, not null"));
    }

    @Test
    void refusesTextThatCannotBeKept() {
        for (String text : List.of("a\\u0000b", "a\\u0007b", "a\\ud800b")) {
            assertThat(problems(GOOD.replace("abc", text)))
                    .extracting(Problem::pointer)
                    .containsExactly("/name");
        }
        assertThat(problems(GOOD.replace("abc", "a\\n\\ud83d\\ude00"))).isEmpty();
    }

    @Test
    void answersALargeWrongDocumentBriefly() {
        String members =
                IntStream.range(0, 5000).mapToObj(i -> "\"m" + i + "\":1").collect(Collectors.joining(","));
        assertThat(problems("{" + members + "}")).hasSizeLessThan(30);
        String items = "1" + ",1".repeat(5000);
        List<Problem> problems = new ArrayList<>();
        assertThat(read("{\"few\":[" + items + "]}", Few.class, problems)).isNull();
        assertThat(problems).containsExactly(new Problem("/few", "must have at most 3 items, not 5001"));
    }

    record Few(@Param(description = "Few.", max = 3) List<Inner> few) {}

    @Test
    void theSchemaSaysTheSame() throws JsonProcessingException {
        String inner = """
            {"type":"object","properties":{
              "small":{"type":"integer","description":"Any.","minimum":1,"maximum":5},
              "note":{"type":["string","null"]}},
             "required":["small"],"additionalProperties":false}\
            """;
        assertThat(Json.MAPPER.readTree(RecordSchema.of(Inner.class).toString()))
                .isEqualTo(Json.MAPPER.readTree(inner));
        assertThat(RecordSchema.of(Outer.class).at("/properties/colour/enum"))
                .hasToString("[\"red\",\"dark_blue\",null]");
        assertThat(RecordSchema.of(Outer.class).at("/properties/window_size/default"))
                .hasToString("7");
    }

    private static List<Problem> problems(String json) {
        List<Problem> problems = new ArrayList<>();
        assertThat(read(json, problems) == null).isEqualTo(!problems.isEmpty());
        return problems;
    }

    private static @Nullable Outer read(String json, List<Problem> problems) {
        return read(json, Outer.class, problems);
    }

    private static <R extends Record> @Nullable R read(String json, Class<R> type, List<Problem> problems) {
        try {
            return RecordReader.read(Json.MAPPER.readTree(json), type, "", problems);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
