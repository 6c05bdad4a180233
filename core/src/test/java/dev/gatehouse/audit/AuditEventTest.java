package dev.gatehouse.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditEventTest {
    private static final Instant T0 = Instant.parse("2024-01-01T05:00:00Z");

    private static AuditEvent.Builder event() {
        return AuditEvent.of(AuditTag.TOKEN_ADDED, T0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Account:login", "account:", ":account", "a b", "a:\u00e9", "account::x", "a\n"})
    void tag_ofAnotherForm_isAMistake(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AuditTag(text))
                .withMessageStartingWith("text:");
    }

    @Test
    void attribute_beyondItsBounds_isCutOrRefused() {
        String long1 = "\u20ac".repeat(AuditEvent.MAX_VALUE_LENGTH + 1);
        AuditEvent event = event().attribute("a", long1)
                .attribute("b", "\u20ac".repeat(AuditEvent.MAX_VALUE_LENGTH))
                .subject("s".repeat(AuditEvent.MAX_ID_LENGTH + 1))
                .build();

        assertThat(event.attributes().get("a"))
                .hasSize(AuditEvent.MAX_VALUE_LENGTH)
                .endsWith("\u20ac\u2026");
        assertThat(event.attributes().get("b"))
                .hasSize(AuditEvent.MAX_VALUE_LENGTH)
                .endsWith("\u20ac");
        assertThat(event.subject().orElseThrow())
                .hasSize(AuditEvent.MAX_ID_LENGTH)
                .endsWith("s\u2026");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> event().attribute("A", "x"))
                .withMessageStartingWith("name:");
    }

    @Test
    void attribute_cutWithinASurrogatePair_losesTheWholePair() {
        String text = "x".repeat(AuditEvent.MAX_VALUE_LENGTH - 2) + "\ud83d\udd11\ud83d\udd11";

        String cut = event().attribute("a", text).build().attributes().get("a");

        assertThat(cut).isEqualTo("x".repeat(AuditEvent.MAX_VALUE_LENGTH - 2) + "\u2026");
    }

    @Test
    void attribute_ofMoreThanTheMost_isAMistakeButAnOldNameIsReplaced() {
        AuditEvent.Builder full = event();
        for (int i = 0; i < AuditEvent.MAX_ATTRIBUTES; i++) {
            full.attribute("n" + i, "v");
        }

        full.attribute("n3", "other");
        assertThatIllegalStateException().isThrownBy(() -> full.attribute("one-more", "v"));
        assertThat(full.build().attributes()).hasSize(AuditEvent.MAX_ATTRIBUTES).containsEntry("n3", "other");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void account_blank_isAMistake(String id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> event().account(id))
                .withMessageStartingWith("id:");
        assertThatIllegalArgumentException().isThrownBy(() -> event().actor(id)).withMessageStartingWith("who:");
        String tooLong = "x".repeat(AuditEvent.MAX_ID_LENGTH + 1);
        assertThatIllegalArgumentException().isThrownBy(() -> event().account(tooLong));
        assertThatIllegalArgumentException().isThrownBy(() -> event().actor(tooLong));
    }

    @Test
    void attribute_thatHoldsACredential_holdsNoneAfterwards() {
        String token = "pypi-" + "AgE" + "IcHlwaS5vcmcC".repeat(8) + "_-x";
        String jwt = "eyJ" + "hbGciOiJSUzI1NiJ9" + "." + "eyJzdWIiOiIxIn0" + "." + "c2ln-_";

        AuditEvent event = event().attribute("a", "got " + token + " and " + jwt + "!")
                .subject(token)
                .address(jwt)
                .build();

        assertThat(event.attributes()).containsEntry("a", "got pypi-[credential] and [credential]!");
        assertThat(event.subject()).contains("pypi-[credential]");
        assertThat(event.address()).contains("[credential]");
        assertThat(event.toString()).doesNotContain("IcHlwaS5vcmcC", "hbGci");
    }

    @Test
    void attribute_thatHoldsIdsAndHashes_isKept() {
        String hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
        String id = "7f6f1d6e-6c0f-4c1b-9a53-0b6e5a3a8d11";

        assertThat(event().attribute("a", hash + " " + id).build().attributes()).containsEntry("a", hash + " " + id);
    }

    @Test
    void text_thatSomeStoresChange_isChangedAlready() {
        AuditEvent event = event().attribute("a", "x\0y\ud83d\udd11\ud83dz").build();

        assertThat(event.attributes()).containsEntry("a", "x\ufffdy\ud83d\udd11\ufffdz");
    }

    @Test
    void builder_usedAgain_leavesTheFirstEventAlone() {
        AuditEvent.Builder builder = event().attribute("a", "1");
        AuditEvent first = builder.build();
        builder.attribute("b", "2").account("later");

        assertThat(first.attributes()).containsOnlyKeys("a");
        assertThat(first.account()).isEmpty();
    }

    @Test
    void toString_withTextOfOthers_isOneLineThatNobodyCanForge() {
        AuditEvent event = event().account("alice")
                .subject("x\" actor=\"root\n2024 forged \u202e")
                .attribute("reason", "back\\slash")
                .build();

        assertThat(event.toString())
                .isEqualTo("account:api_token:added at=2024-01-01T05:00:00Z account=\"alice\""
                        + " subject=\"x\\\" actor=\\\"root\\u{a}2024 forged \\u{202e}\" reason=\"back\\\\slash\"");
    }

    @Test
    void and_whenTheFirstSinkThrows_doesNotTellTheSecond() {
        List<AuditEvent> told = new ArrayList<>();
        AuditSink both = failing().and(told::add);

        assertThatIllegalStateException().isThrownBy(() -> both.record(event().build()));
        assertThat(told).isEmpty();
        AuditSink other = ((AuditSink) told::add).and(failing());
        assertThatIllegalStateException().isThrownBy(() -> other.record(event().build()));
        assertThat(told).hasSize(1);
    }

    @Test
    void inMemory_whenFull_refusesAndLosesNothing() {
        InMemoryAuditLog log = InMemoryAuditLog.create(1);
        log.record(event().build());

        assertThatIllegalStateException()
                .isThrownBy(() -> log.record(event().account("x").build()));
        assertThat(log.events()).containsExactly(event().build());
        assertThatIllegalArgumentException().isThrownBy(() -> InMemoryAuditLog.create(0));
    }

    private static AuditSink failing() {
        return event -> {
            throw new IllegalStateException("no audit");
        };
    }
}
