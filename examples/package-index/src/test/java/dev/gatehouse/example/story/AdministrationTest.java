package dev.gatehouse.example.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.example.PackageIndex;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Switches, waivers, and what the operator does at the machine. */
class AdministrationTest {
    private static final String ADMIN = "/manage/admin/";

    @TempDir
    Path data;

    private void command(String option, String user) throws Exception {
        command(data, option, user);
    }

    /** What the operator types at the machine. */
    static void command(Path data, String option, String user) throws Exception {
        PackageIndex.main(new String[] {"--data", data.toString(), option, user});
    }

    private Person admin(Index index) throws Exception {
        return new Person(index, "admin").registerWithTwoFactor();
    }

    @Test
    void admin_withoutTheRightOrAFreshFactor_isKeptOut() throws Exception {
        Person admin;
        try (Index index = Index.start(data, "2024-02-01T12:00:00Z")) {
            admin = admin(index);
            admin.browser().open(ADMIN);
            assertThat(admin.browser().status()).isEqualTo(404);
        }
        command("--make-admin", "admin");
        try (Index index = Index.start(data, "2024-02-02T12:00:00Z")) {
            Person again = admin.at(index).logIn();
            assertThat(again.browser().open(ADMIN).status()).isEqualTo(200);

            index.clock().advance(Duration.ofMinutes(15));
            again.browser().open(ADMIN);
            assertThat(again.browser().place()).isEqualTo("/account/reauthenticate/?next=%2Fmanage%2Fadmin%2F");
            again.browser().submit("/account/reauthenticate/", "password", again.password(), "code", "000000");
            assertThat(again.browser().text()).contains("The code is wrong.");
            again.confirmIfAsked();
            assertThat(again.browser().place()).isEqualTo(ADMIN);
        }
    }

    @Test
    void waiver_forAnAccount_opensWhatItsRequirementCloses() throws Exception {
        Person admin;
        Person late;
        try (Index index = Index.start(data, "2024-02-01T12:00:00Z")) {
            admin = admin(index);
            late = new Person(index, "late").register();
        }
        command("--make-admin", "admin");
        try (Index index = Index.start(data, "2024-02-02T12:00:00Z")) {
            Person boss = admin.at(index).logIn();
            Person waiting = late.at(index).logIn();
            assertThat(waiting.browser().open("/manage/projects/").place()).startsWith("/manage/account/two-factor/");

            boss.browser().open(ADMIN);
            boss.browser()
                    .submit(
                            ADMIN + "waiver/",
                            "username",
                            "admin",
                            "requirement",
                            "management-needs-2fa",
                            "days",
                            "31",
                            "reason",
                            "");
            assertThat(boss.browser().text()).contains("Say why");
            boss.browser()
                    .submit(
                            ADMIN + "waiver/",
                            "username",
                            "late",
                            "requirement",
                            "r".repeat(256),
                            "days",
                            "1",
                            "reason",
                            "a NUL \0 inside");
            assertThat(boss.browser().text()).contains("Say why").contains("Choose a requirement.");
            boss.browser()
                    .submit(
                            ADMIN + "waiver/",
                            "username",
                            "admin",
                            "requirement",
                            "management-needs-2fa",
                            "days",
                            "1",
                            "reason",
                            "why not");
            assertThat(boss.browser().text()).contains("Nobody gives themselves a waiver.");
            boss.browser()
                    .submit(
                            ADMIN + "waiver/",
                            "username",
                            "late",
                            "requirement",
                            "management-needs-2fa",
                            "days",
                            "31",
                            "reason",
                            "for long");
            assertThat(boss.browser().text()).contains("Give a number of days from 1 to 30.");
            boss.browser()
                    .submit(
                            ADMIN + "waiver/",
                            "username",
                            "late",
                            "requirement",
                            "management-needs-2fa",
                            "days",
                            "2",
                            "reason",
                            "lost their phone");
            assertThat(boss.browser().text()).contains("late is released from management-needs-2fa for 2 days.");
            assertThat(waiting.browser().open("/manage/projects/").place()).isEqualTo("/manage/projects/");

            boss.browser().submit(ADMIN + "waiver/end/");
            assertThat(boss.browser().text()).contains("The waiver is over.");
            assertThat(waiting.browser().open("/manage/projects/").place()).startsWith("/manage/account/two-factor/");
        }
    }

    @Test
    void switch_forRequirementsOfProjects_countsAtOnceAndAfterAStart() throws Exception {
        Person admin;
        Person owner;
        try (Index index = Index.start(data, "2023-05-01T12:00:00Z")) {
            admin = admin(index);
            owner = new Person(index, "owner").register();
        }
        command("--make-admin", "admin");
        try (Index index = Index.start(data, "2023-05-02T12:00:00Z")) {
            Path wheel = Wheels.make(data.resolve("dist"), "strict", "1.0");
            assertThat(Uploads.of(index, wheel, "strict", "1.0")
                            .send("owner", owner.password())
                            .statusCode())
                    .isEqualTo(200);
            Person asking = owner.at(index).logIn();
            asking.browser().open("/manage/project/strict/");
            asking.browser().submit("/manage/project/strict/settings/", "owners-require-2fa", "on");
            assertThat(asking.browser().open("/manage/project/strict/").status())
                    .isEqualTo(200);

            Person boss = admin.at(index).logIn();
            boss.browser().open(ADMIN);
            boss.browser().submit(ADMIN + "switch/", "name", "project-requirement", "to", "on");
            assertThat(boss.browser().text()).contains("Say why, in at most 200 characters.");
            boss.browser().submit(ADMIN + "switch/", "name", "project-requirement", "to", "on", "reason", "rehearsal");
            assertThat(boss.browser().text()).contains("The switch project-requirement is on.");
            assertThat(asking.browser().open("/manage/project/strict/").place())
                    .startsWith("/manage/account/two-factor/");
            assertThat(asking.browser().text())
                    .contains("This project requires two factor authentication to be enabled for all contributors.");
        }
        try (Index index = Index.start(data, "2023-05-03T12:00:00Z")) {
            Person asking = owner.at(index).logIn();
            assertThat(asking.browser().open("/manage/project/strict/").place())
                    .startsWith("/manage/account/two-factor/");
        }
    }

    @Test
    void breakGlass_forOneWhoLostTheLastFactor_opensTheWayToANewOne() throws Exception {
        Person lost;
        try (Index index = Index.start(data, "2024-02-01T12:00:00Z")) {
            lost = new Person(index, "lost").registerWithTwoFactor();
        }
        command("--break-glass", "lost");
        try (Index index = Index.start(data, "2024-02-02T12:00:00Z")) {
            Browser browser = index.browser().open("/account/login/?next=/manage/projects/");
            browser.submit("/account/login/", "username", "lost", "password", lost.password());
            assertThat(browser.place()).startsWith("/manage/account/two-factor/");
            Person anew = new Person(index, "lost").logIn();
            anew.setUpTwoFactor();
            assertThat(index.browser().open("/outbox/").text())
                    .contains("two-factor-wiped")
                    .contains("two-factor-removed");
        }
    }
}
