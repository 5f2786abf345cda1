package io.phyla.api.upload;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReceiverTest {

    @Test
    void whoeverSendsAByteNowAndThenLosesItsPlace() {
        assertThatCode(() -> Receiver.checkPace(1, Duration.ofSeconds(59))).doesNotThrowAnyException();
        assertThatCode(() -> Receiver.checkPace(100 << 10, Duration.ofSeconds(100)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> Receiver.checkPace(99 << 10, Duration.ofSeconds(100)))
                .hasMessageContaining("101376 bytes came in 100 seconds, which is too slow");
        assertThatThrownBy(() -> Receiver.checkPace(1L << 30, Duration.ofMinutes(61)))
                .hasMessageContaining("too slow");
    }
}
