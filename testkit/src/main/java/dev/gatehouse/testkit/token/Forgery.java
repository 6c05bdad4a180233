package dev.gatehouse.testkit.token;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * One way to change a token that ought to make it refused, such as "bit 17 of the signature flipped"; independent of the token, so
 * that it can be printed. Immutable and thread-safe; equal by its parts.
 *
 * <p>jqwik makes them for any parameter of this type; they shrink towards the first kind and the first place. To hold one kind
 * against an own verifier, take {@link TokenForge#forged}.
 *
 * @param kind what is done
 * @param place where, or which of several ways: 0 or more; beyond what the token has it starts again at the beginning
 */
public record Forgery(Kind kind, int place) {
    /** Checks the parts. */
    public Forgery {
        Objects.requireNonNull(kind, "kind");
        if (place < 0) {
            throw new IllegalArgumentException("place: negative");
        }
    }

    /** What is to be seen of a forged token. */
    public enum Effect {
        /**
         * It is no token, or nobody's: refused without a word that depends on the record of the token that it was made from. An index
         * that takes it can be lied to.
         */
        UNPROVEN,
        /** Its signature holds, for any bearer can make it, and no request is within its restrictions. */
        RESTRICTED
    }

    /**
     * What is done to the token. Reports of such tokens in the field, and why each is refused: README of the testkit.
     */
    public enum Kind {
        FLIPPED_SIGNATURE_BIT("bit %d of the signature flipped"),
        FLIPPED_CAVEAT_BIT("bit %d of the caveats flipped"),
        FLIPPED_ID_BIT("bit %d of the id flipped"),
        FLIPPED_LOCATION_BIT("bit %d of the location flipped"),
        /** A bit of what is between the parts: version, types, lengths, ends. */
        FLIPPED_FRAME_BIT("bit %d of the frame flipped"),
        /** A bit of one of the text's characters. */
        FLIPPED_TEXT_BIT("bit %d of the text flipped"),
        TRUNCATED_BYTES("%d bytes and one cut off the end"),
        TRUNCATED_TEXT("%d characters and one cut off the end"),
        TRAILING_BYTES("bytes behind the end, way %d"),
        TRAILING_TEXT("characters behind the end, way %d"),
        /** White space around it, which a header layer strips and a verifier does not. */
        WHITE_SPACE("white space around it, way %d"),
        PADDED("base64 with padding, way %d"),
        /** The last character with bits that belong to no byte. */
        NON_CANONICAL_END("base64 with unused bits set, way %d"),
        OTHER_ALPHABET("base64 with + and /"),
        OTHER_PREFIX("another prefix, way %d"),
        OTHER_LOCATION("another location, way %d"),
        OTHER_ID("another id, way %d"),
        OTHER_SIGNATURE("a signature that anyone can write, way %d"),
        REMOVED_CAVEAT("caveat %d removed under the old signature"),
        REORDERED_CAVEATS("caveat %d moved to the front under the old signature"),
        REPEATED_CAVEAT("caveat %d twice under the old signature"),
        REPLACED_CAVEAT("caveat %d replaced under the old signature"),
        UNSIGNED_CAVEAT("a caveat more under the old signature"),
        /** A caveat of a third party, signed as libmacaroons signs it, without the discharge. */
        THIRD_PARTY_CAVEAT("a third party's caveat, way %d"),
        /** A caveat of 8,193 bytes or more, signed. */
        OVER_LONG_CAVEAT("a caveat too long by %d and one"),
        EMPTY_CAVEAT("an empty caveat"),
        TOO_MANY_CAVEATS("513 caveats more"),
        /** The length of a field in more octets than it needs. */
        LONG_LENGTH("the length of field %d in its longer form"),
        /** Older and other formats of macaroons, with a signature that holds. */
        OTHER_FORMAT("another format, way %d"),
        UNKNOWN_CAVEAT(Effect.RESTRICTED, "a caveat of an unknown kind, way %d"),
        UNREADABLE_CAVEAT(Effect.RESTRICTED, "a caveat that is no JSON, way %d"),
        DUPLICATE_KEY(Effect.RESTRICTED, "a caveat with a key twice, way %d"),
        TRAILING_JSON(Effect.RESTRICTED, "a caveat with something behind its end, way %d"),
        WRONG_TYPE(Effect.RESTRICTED, "a caveat with a field of another type, way %d"),
        EXPIRED(Effect.RESTRICTED, "expired, way %d"),
        NOT_YET_VALID(Effect.RESTRICTED, "not valid yet, way %d"),
        OTHER_PROJECT(Effect.RESTRICTED, "for another project, way %d"),
        OTHER_OWNER(Effect.RESTRICTED, "for another owner, way %d"),
        NO_ADDRESS(Effect.RESTRICTED, "from no address"),
        /** A single use that is over, or too far ahead to be remembered. */
        SINGLE_USE_OUT_OF_TIME(Effect.RESTRICTED, "for a single use at a wrong time, way %d");

        private final Effect effect;
        private final String words;

        Kind(String words) {
            this(Effect.UNPROVEN, words);
        }

        Kind(Effect effect, String words) {
            this.effect = effect;
            this.words = words;
        }

        /** What is to be seen of it. */
        public Effect effect() {
            return effect;
        }

        /** All kinds of this effect. */
        public static List<Kind> of(Effect effect) {
            return Arrays.stream(values()).filter(kind -> kind.effect == effect).toList();
        }
    }

    /** What is done in English. */
    @Override
    public String toString() {
        return String.format(java.util.Locale.ROOT, kind.words, place);
    }
}
