package io.phyla.api.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.api.problem.ProblemException;
import io.phyla.api.problem.ProblemType;
import io.phyla.spaces.schema.RecordSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every registered exporter promises. */
class ExporterContractTest {

    @TempDir
    static Path directory;

    static Stream<Exporter<?>> exporters() {
        return new Exporters().all().stream();
    }

    @Test
    void thereIsAnExporterForEachUse() {
        assertThat(exporters().map(Exporter::name))
                .contains("graphviz", "json", "keras", "layer", "onnx", "pytorch", "report", "safetensors", "svg");
    }

    @ParameterizedTest
    @MethodSource("exporters")
    void describesItself(Exporter<?> exporter) {
        assertThat(exporter.name()).matches("[a-z][a-z0-9-]{0,40}");
        assertThat(exporter.description()).isNotBlank().endsWith(".");
        assertThat(exporter.mediaType()).matches("[a-z]+/[a-z0-9.+-]+");
        assertThat(exporter.extension()).matches("([a-z0-9]{1,15}\\.)?[a-z0-9]{1,15}");
        assertThat(exporters().map(Exporter::extension).filter(exporter.extension()::equals))
                .as("files of different formats stand beside each other")
                .hasSize(1);
        assertThat(Chosen.byDefault(exporter).exporter()).isSameAs(exporter);
    }

    /** Each option at its ends and in all its words, the others as they are. */
    private static <P extends Record> List<Chosen<?>> choices(Exporter<P> exporter) {
        List<Chosen<?>> choices = new ArrayList<>(List.of(Chosen.byDefault(exporter)));
        RecordSchema.of(exporter.options()).path("properties").properties().forEach(each -> {
            List<String> values = new ArrayList<>();
            JsonNode schema = each.getValue();
            schema.path("enum").forEach(word -> values.add(word.asText()));
            if (schema.path("type").asText().equals("boolean")) {
                values.addAll(List.of("true", "false"));
            }
            Stream.of("minimum", "maximum")
                    .filter(schema::has)
                    .forEach(end -> values.add(schema.path(end).asText()));
            assertThat(values).as("values of " + each.getKey()).isNotEmpty();
            values.forEach(value -> choices.add(Chosen.of(exporter, Map.of(each.getKey(), value), List.of())));
        });
        return choices;
    }

    /** The same bytes each time, or a reason why this subject has no such file; never half a file. */
    @ParameterizedTest
    @MethodSource("exporters")
    void writesAFileOrSaysWhyNot(Exporter<?> exporter) throws IOException {
        for (Chosen<?> chosen : choices(exporter)) {
            for (Subject subject : Samples.subjects(directory)) {
                Unclosed out = new Unclosed();
                if (!exporter.fits(subject)) {
                    assertThatIllegalArgumentException()
                            .isThrownBy(() -> chosen.write(subject, out))
                            .withMessageContaining("is a network");
                    assertThat(out.size()).isZero();
                    continue;
                }
                try {
                    chosen.write(subject, out);
                } catch (ProblemException e) {
                    assertThat(e.type()).isEqualTo(ProblemType.WRONG_STATE);
                    assertThat(exporter.hasWeights()).isTrue();
                    assertThat(subject.fileName()).endsWith("unfinished");
                    assertThat(out.size()).isZero();
                    continue;
                }
                assertThat(out.size()).isPositive();
                assertThat(out.closed).as("the stream belongs to the caller").isFalse();
                Unclosed again = new Unclosed();
                chosen.write(subject, again);
                assertThat(again.toByteArray()).isEqualTo(out.toByteArray());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("exporters")
    void refusesOptionsThatItDoesNotHave(Exporter<?> exporter) {
        assertThat(catchThrowableOfType(
                                ProblemException.class,
                                () -> Chosen.of(exporter, Map.of("nothing", "1"), List.of("format")))
                        .mistakes())
                .singleElement()
                .satisfies(each -> assertThat(each.parameter()).isEqualTo("nothing"));
    }

    @Test
    void subjectsOfOtherBytesHaveOtherIdentitiesAndNames() throws IOException {
        List<Subject> subjects = Samples.subjects(directory);
        assertThat(subjects).extracting(Subject::identity).doesNotHaveDuplicates();
        assertThat(subjects).allSatisfy(each -> {
            assertThat(each.fileName()).matches("[A-Za-z0-9._-]+");
            assertThat(each.title()).isNotBlank();
        });
    }

    /** Remembers whether somebody closed it. */
    private static final class Unclosed extends ByteArrayOutputStream {
        private boolean closed;

        @Override
        public void close() {
            closed = true;
        }
    }
}
