package io.phyla.spaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class KeyTest {

    @Property(tries = 200)
    void survivesTextAndBytes(@ForAll long high, @ForAll long low) {
        Key key = new Key(high, low);
        assertThat(Key.parse(key.toString())).isEqualTo(key);
        assertThat(Key.read(key.toBytes())).isEqualTo(key);
    }

    /** Keys are stored, so they must never change: the first half of SHA-256("abc") is in FIPS 180-2, appendix B.1. */
    @Test
    void isTheFirstHalfOfSha256() {
        assertThat(Key.of("abc")).hasToString("ba7816bf8f01cfea414140de5dae2223");
    }

    @Test
    void refusesOtherText() {
        assertThatIllegalArgumentException().isThrownBy(() -> Key.parse("ba78")).withMessageContaining("32");
        assertThatIllegalArgumentException().isThrownBy(() -> Key.parse("x".repeat(32)));
    }
}
