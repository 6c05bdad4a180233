package dev.gatehouse.example.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
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

    @Test
    void add_ofASubjectWithALineBreak_keepsItOnOneLineAndShort() {
        String url = "jdbc:h2:mem:mail;DB_CLOSE_DELAY=-1";
        Flyway.configure(MailQueue.class.getClassLoader())
                .dataSource(url, "", "")
                .locations("classpath:dev/gatehouse/example/schema")
                .load()
                .migrate();
        MailQueue queue = MailQueue.toKeep(Jdbi.create(url));
        MailText text = new MailText("test", "key\r\nBcc: x" + "y".repeat(188) + "\uD83D\uDE00", "Hello.");

        queue.add("account", "alice@example.com", text, Instant.parse("2024-01-01T00:00:00Z"));

        assertThat(queue.latest(1))
                .singleElement()
                .extracting(Mail::subject)
                .satisfies(subject -> assertThat(subject)
                        .startsWith("key  Bcc: x")
                        .hasSize(199)
                        .doesNotContainPattern("\\p{Cntrl}"));
    }

    /** Nobody knows whether they were meant for a mail server or for the outbox. */
    @Test
    void next_afterAnUpdateWithOldMailsThatWereNotSent_isNoneOfThem() {
        String url = "jdbc:h2:mem:old-mail;DB_CLOSE_DELAY=-1";
        FluentConfiguration schema = Flyway.configure(MailQueue.class.getClassLoader())
                .dataSource(url, "", "")
                .locations("classpath:dev/gatehouse/example/schema");
        schema.target("5").load().migrate();
        Jdbi jdbi = Jdbi.create(url);
        jdbi.useHandle(h -> h.execute("INSERT INTO mail (kind, account, address, subject, body, made, attempts) VALUES"
                + " ('test', 'account', 'old@example.org', 'Hello', 'Hello.', TIMESTAMP WITH TIME ZONE"
                + " '2024-01-01 00:00:00Z', 0)"));
        schema.target("latest").load().migrate();
        MailQueue queue = MailQueue.toSend(jdbi);

        assertThat(queue.latest(1)).extracting(Mail::address).containsExactly("old@example.org");
        assertThat(queue.next(0, Instant.parse("2024-01-01T00:00:01Z"))).isEmpty();
    }
}
