package io.phyla.spaces.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.spaces.evonorm.ReadyLayers;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is printed about the language is right. */
class DocumentationTest {

    /** The whole documents among a text's examples. */
    private static List<JsonNode> documents(String file) throws IOException {
        Matcher matcher = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("..").resolve(file)));
        List<JsonNode> found = new ArrayList<>();
        while (matcher.find()) {
            if (matcher.group(1).contains("\"input\":")) {
                found.add(Samples.read(matcher.group(1)));
            }
        }
        return found;
    }

    @Test
    void printedDocumentsAreSpaces() throws IOException {
        List<JsonNode> reference = documents("spaces/LANGUAGE.md");
        List<JsonNode> readme = documents("README.md");
        assertThat(reference).hasSize(1);
        assertThat(readme).hasSize(1);
        assertThat(TemplateDocument.check(reference.getFirst())).isEmpty();
        assertThat(TemplateDocument.check(readme.getFirst())).isEmpty();
        assertThat(Samples.space(reference.getFirst()).size()).isEqualTo(BigInteger.valueOf(84));
        assertThat(Samples.space(reference.getFirst()).decisions())
                .extracting(each -> each.name())
                .startsWith("stage.depth", "stage.block1.convolution.channels", "stage.block1.convolution.kernel");
    }

    @Test
    void everyLayerAndBlockIsKnownByItsName() throws IOException {
        String reference = Files.readString(Path.of("LANGUAGE.md"));
        assertThat(BlockLibrary.blocks().keySet())
                .allSatisfy(each -> assertThat(reference).contains("`" + each + "`"));
    }

    @Test
    void everyPublishedLayerIsNamed() throws IOException {
        String reference = Files.readString(Path.of("LANGUAGE.md"));
        assertThat(ReadyLayers.all().keySet())
                .allSatisfy(each -> assertThat(reference).contains("`" + each + "`"));
    }

    /** Its row in the table of layers: every member and word, and in bold what must be given. */
    @Test
    void everyLayerStandsWithItsMembers() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("LANGUAGE.md"));
        assertThat(LayerForms.all()).isNotEmpty().allSatisfy((op, form) -> {
            String row = rows.stream()
                    .filter(each -> each.startsWith("| `") && each.split("\\|")[1].contains("`" + op + "`"))
                    .findFirst()
                    .orElse("no row for " + op);
            for (Member member : form.members()) {
                boolean required = row.contains("**`" + member.name() + "`**");
                assertThat(row).contains("`" + member.name() + "`");
                assertThat(required).as("%s of %s", member, op).isEqualTo(member.byDefault() == null);
                if (member.type().isEnum()) {
                    assertThat(row).contains(member.words());
                }
            }
        });
    }
}
