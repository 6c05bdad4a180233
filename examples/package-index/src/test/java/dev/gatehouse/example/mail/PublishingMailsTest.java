package dev.gatehouse.example.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.example.account.Account;
import dev.gatehouse.example.account.Accounts;
import dev.gatehouse.example.account.Passwords;
import dev.gatehouse.example.index.Catalogue;
import dev.gatehouse.example.index.ProjectName;
import dev.gatehouse.example.publishing.Told;
import dev.gatehouse.secret.Argon2Gate;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

class PublishingMailsTest {
    private static final Instant NOW = Instant.parse("2024-04-02T12:00:00Z");

    private final Jdbi jdbi = Jdbi.create("jdbc:h2:mem:publishing-mails;DB_CLOSE_DELAY=-1");
    private final Accounts accounts = new Accounts(jdbi, new Passwords(new SecureRandom(), Argon2Gate.of(1)));
    private final Catalogue catalogue = new Catalogue(jdbi);
    private final MailQueue queue = MailQueue.toKeep(jdbi);

    private void owner(String name, String project) {
        accounts.register(name, name + "@example.com", "a long password of " + name, NOW);
        Account account = accounts.byName(name).orElseThrow();
        accounts.verifyEmail(account.id(), account.email());
        jdbi.useTransaction(
                h -> catalogue.createProject(h, ProjectName.of(project).orElseThrow(), account.id(), NOW));
    }

    /** The event names them in as many attributes as it takes. */
    @Test
    void mail_ofALeakedTokenForManyProjects_goesToTheOwnersOfAll() {
        Flyway.configure(MailQueue.class.getClassLoader())
                .dataSource("jdbc:h2:mem:publishing-mails;DB_CLOSE_DELAY=-1", "", "")
                .locations("classpath:dev/gatehouse/example/schema")
                .load()
                .migrate();
        owner("anna", "a-project-of-many-0");
        owner("berta", "a-project-of-many-29");
        owner("carla", "a-project-of-many-59");
        owner("doris", "of-another-run");
        AuditEvent event = AuditEvent.of(AuditTag.PROJECT_TOKEN_REMOVED, NOW)
                .attribute("reason", "leak")
                .attribute("projects", names(0, 30))
                .attribute("projects.2", names(30, 60))
                .build();

        new PublishingMails(
                        accounts, catalogue, new Post(queue, "https://index.test", () -> {}), new Told(jdbi), id -> id)
                .mail(event, NOW);

        assertThat(queue.latest(9))
                .extracting(Mail::address)
                .containsExactlyInAnyOrder("anna@example.com", "berta@example.com", "carla@example.com");
    }

    private static String names(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "a-project-of-many-" + i).collect(Collectors.joining(","));
    }
}
