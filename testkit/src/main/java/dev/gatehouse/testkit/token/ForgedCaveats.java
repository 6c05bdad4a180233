package dev.gatehouse.testkit.token;

import java.util.List;

/** Texts of caveats that bind every request, or that nobody ought to understand; what is not wrong in them is in order. */
final class ForgedCaveats {
    private static final String FAR = "999999999999";

    static final String PROJECT = "gatehouse-forged-project";
    static final String OWNER = "gatehouse-forged-owner";

    private ForgedCaveats() {}

    /** A caveat that every request meets until the year 33658; each number has another text. */
    static String harmless(int number) {
        return "[0," + FAR + "9".repeat(number % 6) + ",0]";
    }

    static List<String> of(Forgery.Kind kind) {
        return switch (kind) {
            case UNKNOWN_CAVEAT ->
                List.of(
                        "[9999]",
                        "[-1]",
                        // The tag 0 to whoever reads 32 bits of it.
                        "[4294967296," + FAR + ",0]",
                        "[18446744073709551616," + FAR + ",0]",
                        "[]",
                        "{}",
                        "{\"nothing\":\"known\"}",
                        "{\"exp\":" + FAR + ",\"nbf\":0,\"more\":0}",
                        "null",
                        "true",
                        "0",
                        "\"[0," + FAR + ",0]\"");
            case UNREADABLE_CAVEAT ->
                List.of(
                        "not json",
                        "[0," + FAR + ",0",
                        "[0," + FAR + ",0,]",
                        "[0,0" + FAR + ",0]",
                        "[0,+" + FAR + ",0]",
                        "[0,0x9999999999,0]",
                        "[0,Infinity,0]",
                        "[0," + FAR + ",0]//",
                        "{'exp':" + FAR + ",'nbf':0}",
                        "\u0000",
                        " ",
                        "\ufeff[0," + FAR + ",0]");
            case DUPLICATE_KEY ->
                List.of(
                        "{\"exp\":" + FAR + ",\"nbf\":0,\"nbf\":0}",
                        "{\"exp\":1,\"exp\":" + FAR + ",\"nbf\":0}",
                        "{\"exp\":" + FAR + ",\"exp\":1,\"nbf\":0}",
                        "{\"version\":1,\"version\":1,\"permissions\":\"user\"}",
                        "{\"exp\":" + FAR + ",\"nbf\":0,\"\\u006ebf\":0}");
            case TRAILING_JSON ->
                List.of(
                        "[0," + FAR + ",0][]",
                        "[0," + FAR + ",0] x",
                        "[0," + FAR + ",0]]",
                        "[0," + FAR + ",0]\u0000",
                        "{\"exp\":" + FAR + ",\"nbf\":0}{}");
            case WRONG_TYPE ->
                List.of(
                        "[\"0\"," + FAR + ",0]",
                        "[false," + FAR + ",0]",
                        "[0.0," + FAR + ",0]",
                        "[0,\"" + FAR + "\",0]",
                        "[0," + FAR + ".0,0]",
                        "[0,1e12,0]",
                        "[0," + FAR + FAR + ",0]",
                        "[0," + FAR + "]",
                        "[0," + FAR + ",null]",
                        "[1,\"name\"]",
                        "[1,[1]]",
                        "[3,1]",
                        "[1000,\"0.0.0.0/0\"]",
                        "[1000,[\"0.0.0.0/0\",\"::/0\",\"localhost\"]]",
                        "{\"exp\":\"" + FAR + "\",\"nbf\":0}");
            case EXPIRED -> List.of("[0,1,0]", "{\"exp\":1,\"nbf\":0}", "[0,0,-1]", "[0,-1,-2]");
            case NOT_YET_VALID -> List.of("[0," + FAR + ",99999999999]", "{\"exp\":" + FAR + ",\"nbf\":99999999999}");
            case OTHER_PROJECT ->
                List.of(
                        "[1,[\"" + PROJECT + "\"]]",
                        "[1,[]]",
                        "[2,[\"" + PROJECT + "\"]]",
                        "[2,[]]",
                        "{\"version\":1,\"permissions\":{\"projects\":[\"" + PROJECT + "\"]}}",
                        "{\"project_ids\":[\"" + PROJECT + "\"]}");
            case OTHER_OWNER -> List.of("[3,\"" + OWNER + "\"]", "[4,\"" + OWNER + "\"]");
            case NO_ADDRESS -> List.of("[1000,[]]");
            case SINGLE_USE_OUT_OF_TIME ->
                List.of("[1001,\"gatehouse-forged\",1]", "[1001,\"gatehouse-forged\"," + FAR + "]");
            default -> throw new IllegalArgumentException("kind: no caveat");
        };
    }
}
