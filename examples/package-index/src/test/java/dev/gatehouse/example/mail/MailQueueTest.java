package dev.gatehouse.example.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailQueueTest {
    /** A name that somebody chose must not end the header and begin another. */
    @ParameterizedTest
    @ValueSource(strings = {"key\r\nBcc: x", "key\nBcc: x", "key\rx", "key\u0085x", "key\u202ex", "key\u0000x"})
    void line_ofAnyText_isOneLine(String subject) {
        assertThat(MailQueue.line(subject))
                .hasSameSizeAs(subject)
                .startsWith("key ")
                .doesNotContainPattern("[\\p{Cntrl}\\u0085\\u202e]");
    }
}
