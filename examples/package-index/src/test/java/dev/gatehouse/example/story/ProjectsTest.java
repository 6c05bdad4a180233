package dev.gatehouse.example.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what with a project. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProjectsTest {
    private Path directory;
    private Index index;
    private Person owner;
    private Person helper;
    private Person stranger;
    private String token;

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        directory = temporary;
        index = Index.start(directory.resolve("data"), "2024-02-01T12:00:00Z");
        owner = new Person(index, "owner").registerWithTwoFactor();
        helper = new Person(index, "helper").registerWithTwoFactor();
        stranger = new Person(index, "stranger").registerWithTwoFactor();
        token = owner.makeToken("all", "account");
    }

    @AfterAll
    void stop() {
        index.close();
    }

    private void make(String project) throws Exception {
        assertThat(Uploads.of(index, Wheels.make(directory.resolve("dist"), project, "1.0"), project, "1.0")
                        .send("__token__", token)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void maintainer_mayUploadAndSeeAndNothingElse() throws Exception {
        make("shared");
        owner.browser().open("/manage/project/shared/");
        owner.browser().submit("/manage/project/shared/member/", "username", "helper", "role", "maintainer");
        assertThat(owner.browser().text()).contains("Added helper.");

        assertThat(helper.browser().open("/manage/project/shared/").status()).isEqualTo(200);
        assertThat(helper.browser().body()).doesNotContain("/delete/");
        String theirs = helper.makeToken("shared", "project:shared");
        assertThat(Uploads.of(index, Wheels.make(directory.resolve("dist"), "shared", "1.1"), "shared", "1.1")
                        .send("__token__", theirs)
                        .statusCode())
                .isEqualTo(200);
        String csrf = helper.browser()
                .open("/manage/projects/")
                .hidden("/account/logout/")
                .get("csrf");
        for (String change : new String[] {"delete/", "release/delete/", "settings/", "member/", "member/remove/"}) {
            helper.browser()
                    .post(
                            "/manage/project/shared/" + change,
                            Map.of("csrf", csrf, "confirm", "shared", "version", "1.0"));
            assertThat(helper.browser().status()).as(change).isEqualTo(404);
        }
    }

    @Test
    void stranger_seesOnlyThePublicPage() throws Exception {
        make("private-work");

        assertThat(stranger.browser().open("/project/private-work/").status()).isEqualTo(200);
        String there = stranger.browser().open("/manage/project/private-work/").text();
        assertThat(stranger.browser().status()).isEqualTo(404);
        String nowhere =
                stranger.browser().open("/manage/project/no-such-thing/").text();
        assertThat(there).isEqualTo(nowhere);
    }

    @Test
    void lastOwner_cannotLeave() throws Exception {
        make("alone");
        owner.browser().open("/manage/project/alone/").submit("/manage/project/alone/member/remove/");

        assertThat(owner.browser().status()).isEqualTo(422);
        assertThat(owner.browser().text()).contains("A project keeps at least one owner.");
    }

    @Test
    void addMember_whoIsUnknownOrUnverified_isToldOnTheForm() throws Exception {
        make("careful");
        owner.browser().open("/manage/project/careful/");
        owner.browser().submit("/manage/project/careful/member/", "username", "nobody-here");
        assertThat(owner.browser().text()).contains("There is no account of this name.");
    }

    @Test
    void delete_withoutTheNameTyped_isRefused() throws Exception {
        make("precious");
        owner.browser().open("/manage/project/precious/");
        owner.browser().submit("/manage/project/precious/delete/", "confirm", "prec");
        assertThat(owner.browser().status()).isEqualTo(422);
        owner.browser().submit("/manage/project/precious/delete/", "confirm", "precious");

        assertThat(owner.browser().text()).contains("Deleted project precious.");
        assertThat(index.browser().open("/project/precious/").status()).isEqualTo(404);
    }
}
