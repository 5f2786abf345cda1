package io.phyla.api.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MarkdownTest {

    @Test
    void blocksStandApartAndItemsTogether() {
        String text = new Markdown()
                .heading(1, "One")
                .paragraph("Two.")
                .item("three")
                .item("four")
                .table(List.of("a", "b"), List.of(List.of("1", "2")))
                .table(List.of("none"), List.of())
                .code("", "five")
                .toString();
        assertThat(text).isEqualTo("""
            # One

            Two.

            - three
            - four

            | a | b |
            | --- | --- |
            | 1 | 2 |

            ```
            five
            ```
            """);
    }

    /** Names and causes may hold anything. */
    @Test
    void textStaysText() {
        String text = new Markdown()
                .heading(2, "a|b\n# c_d _e_ &lt;")
                .table(List.of("x"), List.of(List.of("<img src=x>|`")))
                .code("", "``` fence")
                .toString();
        assertThat(text)
                .contains("## a\\|b # c_d \\_e\\_ \\&lt;\n", "| \\<img src=x\\>\\|\\` |\n")
                .contains("````\n``` fence\n````\n");
    }
}
