package dev.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms of caveats: warehouse's table of readings and texts, strictness, and what a host adds. */
class CaveatReadingTest {
    private static String problem(CaveatKinds kinds, String json) {
        return kinds.read(json).fold(understood -> "none: " + understood.caveat(), not -> not.text());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [0,50,10]                                | Expiration
            [ 0 , 50 , 10 ]                          | Expiration
            [0,-1,-50]                               | Expiration
            [1,["foo","bar"]]                        | ProjectName
            [1,[]]                                   | ProjectName
            [1,["f\\u006fo"]]                        | ProjectName
            [1,["f\u00f6\u00f6"]]                    | ProjectName
            [2,["123uuid","456uuid"]]                | ProjectID
            [3,"a uuid"]                             | RequestUser
            [4,"somepublisher"]                      | OIDCPublisher
            [4,"somepublisher",null]                 | OIDCPublisher
            [4,"somepublisher",{"ref":"a","sha":""}] | OIDCPublisher
            [1000,["192.0.2.0/24","2001:db8::/32"]]  | Address
            [1001,"nonce-12",1700000000]             | SingleUse
            [1002]                                   | MadeWithTwoFactor
            {"exp":50,"nbf":10}                      | Expiration
            {"version":1,"permissions":"user"}       | RequestUser
            {"project_ids":[]}                       | ProjectID
            [0,50,10,"more"]                         | Expiration
            [1,["foo"],{"more":[1.5,true,null]}]     | ProjectName
            [1002,99]                                | MadeWithTwoFactor
            """)
    void read_aCaveat_isUnderstood(String json, String name) {
        assertThat(CaveatKinds.standard()
                        .read(json)
                        .<String>fold(understood -> understood.caveat().name(), not -> "not: " + not.text()))
                .isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"version":1}                            | caveat must be an array
            {"version":1,"permissions":[]}           | caveat must be an array
            {"version":1,"permissions":{"otherkey":"foo"}} | caveat must be an array
            {"version":true,"permissions":"user"}    | caveat must be an array
            {"exp":1}                                | caveat must be an array
            {"nbf":1}                                | caveat must be an array
            {"exp":1,"nbf":1,"ip":"x"}               | caveat must be an array
            {"exp":"1","nbf":1}                      | caveat must be an array
            {"project_ids":[1]}                      | caveat must be an array
            "foo"                                    | caveat must be an array
            null                                     | caveat must be an array
            17                                       | caveat must be an array
            []                                       | caveat array cannot be empty
            [9999999]                                | caveat has unknown tag: 9999999
            [-1]                                     | caveat has unknown tag: -1
            [4294967296,50,10]                       | caveat has unknown tag: 4294967296
            [[1],2]                                  | caveat has unknown tag
            ["0",50,10]                              | caveat has unknown tag
            [0.0,50,10]                              | caveat has unknown tag
            [0,5]                                    | Not enough values
            [1]                                      | Not enough values
            [1001,"nonce-12"]                        | Not enough values
            [0,"50",10]                              | invalid values for fields
            [0,50.0,10]                              | invalid values for fields
            [0,5e1,10]                               | invalid values for fields
            [0,true,10]                              | invalid values for fields
            [0,9223372036854775808,10]               | invalid values for fields
            [1,"foo"]                                | invalid values for fields
            [1,["foo",1]]                            | invalid values for fields
            [1,["foo",null]]                         | invalid values for fields
            [3,1]                                    | invalid values for fields
            [3,null]                                 | invalid values for fields
            [4,"p","claims"]                         | invalid values for fields
            [1000,["192.0.2.1/24"]]                  | invalid values for fields
            [1000,["192.0.2.0"]]                     | invalid values for fields
            [1000,["localhost/8"]]                   | invalid values for fields
            [1000,["fe80::1%eth0/128"]]              | invalid values for fields
            [1000,["192.0.2.0/33"]]                  | invalid values for fields
            [1001,"short",1700000000]                | invalid values for fields
            [1001,"nonce 12",1700000000]             | invalid values for fields
            """)
    void read_anotherText_saysWhyNot(String json, String problem) {
        assertThat(problem(CaveatKinds.standard(), json)).isEqualTo(problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "not json at all",
                "[0,50,10",
                "[0,50,10]]",
                "[0,50,10] [1,[]]",
                "[0,50,10]x",
                "[0,050,10]",
                "[0,+50,10]",
                "[0,50,10,]",
                "[1,['foo']]",
                "[1,[\"foo]]",
                "[1,[\"f\too\"]]",
                "[1,[\"f\\xoo\"]]",
                "// no\n[0,50,10]",
                "\ufeff[0,50,10]",
                "{\"exp\":50,\"nbf\":10,\"exp\":99}",
                "[4,\"p\",{\"a\":1,\"a\":2}]",
                "[0,NaN,10]",
                "[0,50,10,[[[[[[[[1]]]]]]]]]",
            })
    void read_whatIsNoStrictJson_isAnUnknownError(String json) {
        assertThat(problem(CaveatKinds.standard(), json)).isEqualTo("unknown error");
    }

    @Test
    void read_whatIsNotUtf8_isAnUnknownError() {
        // An overlong slash, a lone surrogate, and UTF-16, each within what would else be a caveat.
        for (byte[] text : List.of(
                "[1,[\"\u00c0\u00af\"]]".getBytes(StandardCharsets.ISO_8859_1),
                "[1,[\"\u00ed\u00a0\u0080\"]]".getBytes(StandardCharsets.ISO_8859_1),
                "[1,[\"a\"]]".getBytes(StandardCharsets.UTF_16LE))) {
            assertThat(CaveatKinds.standard().read(text, 0, text.length))
                    .isEqualTo(new CaveatReading.NotUnderstood("unknown error"));
        }
    }

    @Test
    void with_aTakenTag_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CaveatKinds.standard().with(kind(1, fields -> null)))
                .withMessageContaining("tag 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CaveatKinds.standard().with(kind(-1, fields -> null)));
    }

    @Test
    void with_aTagAtItsBounds_isTakenUpToNineDigits() {
        CaveatKinds most = CaveatKinds.standard().with(kind(999_999_999, fields -> Caveats.madeWithTwoFactor()));

        assertThat(most.read("[999999999]")).isEqualTo(new CaveatReading.Understood(Caveats.madeWithTwoFactor()));
        assertThat(problem(most, "[1000000000]")).isEqualTo("caveat has unknown tag: 1000000000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CaveatKinds.standard().with(kind(1_000_000_000, fields -> null)))
                .withMessage("kind: tag 1000000000 is not 0 to 999999999");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CaveatKinds.standard().with(kind(-1, fields -> null)))
                .withMessage("kind: tag -1 is not 0 to 999999999");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CaveatKinds.standard().with(kind(0, fields -> null)))
                .withMessage("kind: tag 0 is taken");
    }

    /** A tag that is taken away makes tokens useless that are out there; one that is put in takes a number from hosts. */
    @Test
    void kinds_ofTheLibrary_areTheseTags() {
        assertThat(StandardCaveat.kinds().keySet()).containsExactly(0, 1, 2, 3, 4, 1000, 1001, 1002);
    }

    @Test
    void with_aKindOfTheHost_readsIt() {
        Caveat host = new TwoFactorHours(9, "utc");
        CaveatKinds kinds = CaveatKinds.standard()
                .with(kind(100_000, fields -> new TwoFactorHours(fields.integer(0), fields.text(1))));

        assertThat(kinds.read("[100000,9,\"utc\"]")).isEqualTo(new CaveatReading.Understood(host));
        assertThat(problem(kinds, "[100000,\"9\",\"utc\"]")).isEqualTo("invalid values for fields");
        assertThat(problem(kinds, "[100000,9]")).isEqualTo("Not enough values");
        assertThat(problem(CaveatKinds.standard(), "[100000,9,\"utc\"]")).isEqualTo("caveat has unknown tag: 100000");
    }

    @Test
    void read_aKindThatThrowsOrAnswersNull_isNotUnderstood() {
        assertThat(problem(CaveatKinds.standard().with(kind(100_000, fields -> null)), "[100000]"))
                .isEqualTo("unknown error");
        assertThat(problem(
                        CaveatKinds.standard().with(kind(100_000, fields -> {
                            throw new IllegalStateException("secret detail");
                        })),
                        "[100000]"))
                .isEqualTo("unknown error");
        assertThat(problem(
                        CaveatKinds.standard().with(kind(100_000, fields -> {
                            throw new IllegalArgumentException("secret detail");
                        })),
                        "[100000]"))
                .isEqualTo("invalid values for fields");
    }

    @Test
    void expiration_ofInstantsWithinASecond_isNeverLonger() {
        Instant from = Instant.parse("2024-01-01T00:00:00.000000001Z");

        assertThat(Caveats.expiration(from, from.plusSeconds(10)).json()).isEqualTo("[0,1704067210,1704067201]");
        assertThatIllegalArgumentException().isThrownBy(() -> Caveats.expiration(from, from));
    }

    @Test
    void json_ofTextBeyondAscii_isEscaped() {
        assertThat(Caveats.projectNames(List.of("\u00e9\"\\\n\ud83d\udd11\u007f"))
                        .json())
                .isEqualTo("[1,[\"\\u00e9\\\"\\\\\\u000a\\ud83d\\udd11\\u007f\"]]");
    }

    private static CaveatKind kind(int tag, java.util.function.Function<CaveatFields, Caveat> reader) {
        return new StandardCaveat.Kind(tag, "Host", reader);
    }

    private record TwoFactorHours(long from, String zone) implements Caveat {
        @Override
        public String name() {
            return "Host";
        }

        @Override
        public String json() {
            return "[100000," + from + ",\"" + zone + "\"]";
        }

        @Override
        public CaveatCheck check(CaveatContext context) {
            return CaveatCheck.met();
        }
    }
}
