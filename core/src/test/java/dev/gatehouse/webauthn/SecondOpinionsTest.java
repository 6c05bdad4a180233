package dev.gatehouse.webauthn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.internal.Base64Url;
import dev.gatehouse.webauthn.VectorRow.Response;
import dev.gatehouse.webauthn.VectorRow.Site;
import dev.gatehouse.webauthn.VectorRow.Stored;
import dev.gatehouse.webauthn.VectorRow.Verdict;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * webauthn4j's and Yubico's own verification of ceremonies of a key in software, honest and lying, against ours: they agree, or
 * they let one of the named lies pass. A lie that is named and is no difference fails too.
 */
class SecondOpinionsTest {
    private static final Opinion WEBAUTHN4J = new Webauthn4jOpinion();
    private static final Opinion YUBICO = new YubicoOpinion();

    /** Leaves it to its caller whose the credential is. */
    private static final Set<Lie> PASS_WEBAUTHN4J = EnumSet.of(Lie.USER_HANDLE);

    /** Says nothing of crossOrigin, reads the client data up to the end of the JSON, and the data up to the last announced part. */
    private static final Set<Lie> PASS_YUBICO = EnumSet.of(Lie.CROSS_ORIGIN, Lie.AFTER_CLIENT_DATA, Lie.AFTER_DATA);

    /** One respect in which an answer is not what was asked for. */
    enum Lie {
        ORIGIN,
        SUBDOMAIN,
        RP_ID,
        TYPE,
        CHALLENGE,
        CROSS_ORIGIN,
        NOT_PRESENT,
        NOT_VERIFIED,
        BACKED_UP_ALONE,
        BACKUP_ELIGIBLE,
        COUNT_BACK,
        COUNT_SAME,
        USER_HANDLE,
        SIGNATURE,
        DATA,
        CLIENT_DATA,
        AFTER_CLIENT_DATA,
        AFTER_DATA;

        /** Whether a registration can tell it. */
        boolean isOfRegistration() {
            return switch (this) {
                case COUNT_BACK, COUNT_SAME, USER_HANDLE, SIGNATURE, BACKUP_ELIGIBLE, DATA, CLIENT_DATA, AFTER_DATA ->
                    false;
                default -> true;
            };
        }
    }

    private static VectorRow row(boolean registration, Set<Lie> lies, int count, boolean verification, int bit) {
        SoftToken token = new SoftToken();
        token.count = count;
        token.userHandle = lies.contains(Lie.USER_HANDLE) ? "b3RoZXI" : registration ? null : SoftToken.USER;
        token.origin = lies.contains(Lie.ORIGIN)
                ? "https://example.com"
                : lies.contains(Lie.SUBDOMAIN) ? "https://login.example.org" : SoftToken.ORIGIN;
        token.rpId = lies.contains(Lie.RP_ID) ? "example.com" : SoftToken.RP_ID;
        token.type = lies.contains(Lie.TYPE) ? "payment.get" : null;
        token.crossOrigin = lies.contains(Lie.CROSS_ORIGIN);
        token.afterClientData = lies.contains(Lie.AFTER_CLIENT_DATA) ? "x" : "";
        token.afterData = lies.contains(Lie.AFTER_DATA) ? new byte[1] : new byte[0];
        token.flags = (lies.contains(Lie.NOT_PRESENT) ? 0 : SoftToken.UP)
                | (lies.contains(Lie.NOT_VERIFIED) ? 0 : SoftToken.UV)
                | (lies.contains(Lie.BACKED_UP_ALONE) ? SoftToken.BS : 0)
                | (lies.contains(Lie.BACKUP_ELIGIBLE) ? SoftToken.BE : 0);
        JsonNode json = new ObjectMapper().readTree(registration ? token.registration() : token.assertion());
        Map<String, String> members = new LinkedHashMap<>();
        json.path("response").properties().forEach(member -> {
            if (member.getValue().isString()) {
                members.put(member.getKey(), member.getValue().asString());
            }
        });
        if (!registration) {
            flip(members, lies.contains(Lie.SIGNATURE), "signature", bit);
            // Behind the hash, so that it is a flag or the counter.
            flip(members, lies.contains(Lie.DATA), "authenticatorData", 8 * 33 + bit % 32);
            flip(members, lies.contains(Lie.CLIENT_DATA), "clientDataJSON", 0);
        }
        byte[] other = {1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6};
        int known = lies.contains(Lie.COUNT_BACK) ? count + 7 : lies.contains(Lie.COUNT_SAME) ? count : count - 1;
        return new VectorRow(
                lies.toString(),
                lies.isEmpty() ? Verdict.ACCEPT : Verdict.REFUSE,
                new Site(SoftToken.RP_ID, Set.of(SoftToken.ORIGIN), Set.of(), verification, List.of(-7)),
                lies.contains(Lie.CHALLENGE) ? Base64Url.encode(other) : SoftToken.CHALLENGE.text(),
                registration
                        ? null
                        : new Stored(
                                SoftToken.id(),
                                Base64Url.encode(SoftToken.cose()),
                                SoftToken.USER,
                                known,
                                false,
                                false),
                new Response(SoftToken.id(), null, members, List.of(), Map.of()));
    }

    private static void flip(Map<String, String> members, boolean lie, String name, int bit) {
        if (lie) {
            byte[] bytes = Base64Url.decode(members.get(name), 0);
            bytes[bit / 8 % bytes.length] ^= (byte) (1 << bit % 8);
            members.put(name, Base64Url.encode(bytes));
        }
    }

    private static void agrees(Opinion opinion, VectorRow row, Set<Lie> told, Set<Lie> passing) {
        boolean ours = Verdicts.ours(row).equals(Verdicts.ACCEPTED);
        boolean theirs = opinion.of(row).equals(Verdicts.ACCEPTED);

        assertThat(ours).as("ours of %s", told).isEqualTo(told.isEmpty());
        assertThat(theirs)
                .as("%s of %s, which ours judges as %s", opinion.getClass().getSimpleName(), told, Verdicts.ours(row))
                .isEqualTo(passing.containsAll(told));
    }

    /** Without user verification asked for, its absence is no lie. */
    private static Set<Lie> told(Set<Lie> lies, boolean verification) {
        Set<Lie> told = EnumSet.noneOf(Lie.class);
        told.addAll(lies);
        if (!verification) {
            told.remove(Lie.NOT_VERIFIED);
        }
        return told;
    }

    @ParameterizedTest
    @EnumSource(Lie.class)
    void assertion_withOneLie_isLetPassByWhomItIsSaid(Lie lie) {
        Set<Lie> lies = EnumSet.of(lie);
        VectorRow row = row(false, lies, 5, true, 17);
        agrees(WEBAUTHN4J, row, lies, PASS_WEBAUTHN4J);
        agrees(YUBICO, row, lies, PASS_YUBICO);
        if (lie.isOfRegistration()) {
            VectorRow registration = row(true, lies, 5, true, 17);
            agrees(WEBAUTHN4J, registration, lies, PASS_WEBAUTHN4J);
            agrees(YUBICO, registration, lies, PASS_YUBICO);
        }
    }

    @Property(tries = 200)
    void assertion_honestOrLying_agreesOrTheDifferenceIsNamed(
            @ForAll @Size(max = 3) Set<Lie> lies,
            @ForAll @IntRange(min = 1, max = 1_000_000) int count,
            @ForAll boolean verification,
            @ForAll @IntRange(max = 600) int bit) {
        VectorRow row = row(false, lies, count, verification, bit);
        Set<Lie> told = told(lies, verification);

        agrees(WEBAUTHN4J, row, told, PASS_WEBAUTHN4J);
        agrees(YUBICO, row, told, PASS_YUBICO);
    }

    @Property(tries = 200)
    void registration_honestOrLying_agreesOrTheDifferenceIsNamed(
            @ForAll @Size(max = 3) Set<Lie> any,
            @ForAll @IntRange(min = 0, max = 1_000_000) int count,
            @ForAll boolean verification) {
        Set<Lie> lies = EnumSet.noneOf(Lie.class);
        any.stream().filter(Lie::isOfRegistration).forEach(lies::add);
        VectorRow row = row(true, lies, count, verification, 0);
        Set<Lie> told = told(lies, verification);

        agrees(WEBAUTHN4J, row, told, PASS_WEBAUTHN4J);
        agrees(YUBICO, row, told, PASS_YUBICO);
    }
}
