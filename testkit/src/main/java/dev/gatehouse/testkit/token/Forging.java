package dev.gatehouse.testkit.token;

import static dev.gatehouse.testkit.token.ForgedCaveats.harmless;
import static dev.gatehouse.testkit.token.LooseMacaroon.base64;
import static dev.gatehouse.testkit.token.LooseMacaroon.join;
import static dev.gatehouse.testkit.token.LooseMacaroon.utf8;

import dev.gatehouse.testkit.token.Forgery.Effect;
import dev.gatehouse.testkit.token.LooseMacaroon.Part;
import dev.gatehouse.testkit.token.LooseMacaroon.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Does to a token what a {@link Forgery} says. */
final class Forging {
    private static final int OVER_LONG = 8_193;
    private static final int TOO_MANY = 513;
    private static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private final String prefix;
    private final LooseMacaroon sound;
    private final byte[] raw;
    private final List<Span> spans = new ArrayList<>();

    Forging(String prefix, LooseMacaroon sound) {
        this.prefix = prefix;
        this.sound = sound;
        this.raw = sound.bytes(spans);
    }

    private String genuine() {
        return text(raw);
    }

    private String text(byte[] bytes) {
        return prefix + "-" + base64(bytes);
    }

    private String text(LooseMacaroon macaroon) {
        return text(macaroon.bytes());
    }

    int places(Forgery.Kind kind) {
        return switch (kind) {
            case FLIPPED_SIGNATURE_BIT, FLIPPED_CAVEAT_BIT, FLIPPED_ID_BIT, FLIPPED_LOCATION_BIT, FLIPPED_FRAME_BIT ->
                Math.max(1, 8 * indices(kind).size());
            case FLIPPED_TEXT_BIT -> 7 * genuine().length();
            case TRUNCATED_BYTES -> raw.length;
            case TRUNCATED_TEXT -> genuine().length();
            case REMOVED_CAVEAT, REPEATED_CAVEAT, REPLACED_CAVEAT, REORDERED_CAVEATS ->
                Math.max(1, sound.caveats.size());
            case LONG_LENGTH -> spans.size();
            case OVER_LONG_CAVEAT -> 3;
            case OTHER_ALPHABET, UNSIGNED_CAVEAT, EMPTY_CAVEAT, TOO_MANY_CAVEATS -> 1;
            case OTHER_PREFIX, OTHER_SIGNATURE -> 5;
            case PADDED, NON_CANONICAL_END -> 3;
            case OTHER_LOCATION, OTHER_ID, TRAILING_BYTES, TRAILING_TEXT, WHITE_SPACE -> 4;
            case THIRD_PARTY_CAVEAT, OTHER_FORMAT -> 2;
            default -> ForgedCaveats.of(kind).size();
        };
    }

    String text(Forgery.Kind kind, int place) {
        if (kind.effect() == Effect.RESTRICTED) {
            return text(sound.and(pick(ForgedCaveats.of(kind), place)));
        }
        int at = place % places(kind);
        return switch (kind) {
            case FLIPPED_SIGNATURE_BIT, FLIPPED_CAVEAT_BIT, FLIPPED_ID_BIT, FLIPPED_LOCATION_BIT, FLIPPED_FRAME_BIT ->
                text(flipped(indices(kind), at));
            case FLIPPED_TEXT_BIT -> flippedText(at);
            case TRUNCATED_BYTES -> text(Arrays.copyOf(raw, raw.length - 1 - at));
            case TRUNCATED_TEXT -> genuine().substring(0, genuine().length() - 1 - at);
            case TRAILING_BYTES -> text(join(raw, pick(List.of(new byte[1], tail(), raw, new byte[] {2}), at)));
            case TRAILING_TEXT -> genuine() + pick(List.of("A", "AAAA", "-", "\u00e9"), at);
            case WHITE_SPACE ->
                pick(List.of("%s\n", " %s", "%s\r\n", "\t%s "), at).replace("%s", genuine());
            case PADDED -> padded(at);
            case NON_CANONICAL_END -> nonCanonical(at);
            case OTHER_ALPHABET -> otherAlphabet();
            case OTHER_PREFIX -> otherPrefix(at);
            case OTHER_LOCATION -> text(sound.withLocation(otherLocation(at)));
            case OTHER_ID -> text(sound.withId(otherId(at)));
            case OTHER_SIGNATURE -> text(sound.withSignature(otherSignature(at)));
            case REMOVED_CAVEAT, REPEATED_CAVEAT, REPLACED_CAVEAT, REORDERED_CAVEATS -> text(otherCaveats(kind, at));
            case UNSIGNED_CAVEAT -> text(sound.withCaveats(with(sound.caveats, unused())));
            case THIRD_PARTY_CAVEAT -> text(sound.and(thirdParty(at)));
            case OVER_LONG_CAVEAT -> text(sound.and(overLong(at)));
            case EMPTY_CAVEAT -> text(sound.and(""));
            case TOO_MANY_CAVEATS -> text(tooMany());
            case LONG_LENGTH -> text(longLength(spans.get(at)));
            case OTHER_FORMAT -> text(at == 0 ? sound.formatOne() : sound.json());
            default -> throw new AssertionError(kind);
        };
    }

    private static <T> T pick(List<T> ways, int place) {
        return ways.get(place % ways.size());
    }

    /** Where in the bytes the part is. */
    private List<Integer> indices(Forgery.Kind kind) {
        List<Integer> indices = new ArrayList<>();
        for (int i = 0; i < raw.length; i++) {
            if (kindOf(i) == kind) {
                indices.add(i);
            }
        }
        // A token without caveats has no such bit: its signature stands in.
        return indices.isEmpty() ? indices(Forgery.Kind.FLIPPED_SIGNATURE_BIT) : indices;
    }

    private Forgery.Kind kindOf(int index) {
        for (int i = 0; i < spans.size(); i++) {
            if (index >= spans.get(i).from() && index < spans.get(i).to()) {
                return i == 0
                        ? Forgery.Kind.FLIPPED_LOCATION_BIT
                        : i == 1
                                ? Forgery.Kind.FLIPPED_ID_BIT
                                : i < spans.size() - 1
                                        ? Forgery.Kind.FLIPPED_CAVEAT_BIT
                                        : Forgery.Kind.FLIPPED_SIGNATURE_BIT;
            }
        }
        return Forgery.Kind.FLIPPED_FRAME_BIT;
    }

    private byte[] flipped(List<Integer> indices, int bit) {
        byte[] changed = raw.clone();
        changed[indices.get(bit / 8)] ^= (byte) (1 << (bit % 8));
        return changed;
    }

    private String flippedText(int bit) {
        char[] changed = genuine().toCharArray();
        changed[bit / 7] ^= (char) (1 << (bit % 7));
        return new String(changed);
    }

    private byte[] tail() {
        return join(new byte[] {6, 32}, new byte[32]);
    }

    /** A token of the same meaning whose base64 ends within a group of four, so that there are unused bits. */
    private String uneven() {
        for (int i = 0; ; i++) {
            LooseMacaroon longer = i == 0 ? sound : sound.and(harmless(i));
            byte[] bytes = longer.bytes();
            if (bytes.length % 3 != 0) {
                return base64(bytes);
            }
        }
    }

    private String padded(int way) {
        String text = uneven();
        return prefix
                + "-"
                + switch (way) {
                    case 0 -> text + "=".repeat(4 - text.length() % 4);
                    case 1 -> base64(raw) + "=";
                    default -> base64(raw) + "====";
                };
    }

    private String nonCanonical(int way) {
        String text = uneven();
        int last = text.length() - 1;
        int unused = text.length() % 4 == 2 ? 0b1111 : 0b11;
        int digit = DIGITS.indexOf(text.charAt(last)) | ((way + 1) & unused);
        return prefix + "-" + text.substring(0, last) + DIGITS.charAt(digit);
    }

    private String otherAlphabet() {
        LooseMacaroon longer = sound;
        for (int i = 0; ; i++) {
            String text = base64(longer.bytes());
            String other = text.replace('-', '+').replace('_', '/');
            if (!other.equals(text)) {
                return prefix + "-" + other;
            }
            longer = longer.and(harmless(i));
        }
    }

    private String otherPrefix(int way) {
        String bare = base64(raw);
        return switch (way) {
            case 0 -> "test" + prefix + "-" + bare;
            case 1 -> prefix.toUpperCase(Locale.ROOT) + "-" + bare;
            case 2 -> bare;
            case 3 -> prefix + bare;
            default -> prefix + "-" + prefix + "-" + bare;
        };
    }

    private byte[] otherLocation(int way) {
        return switch (way) {
            case 0 -> utf8("gatehouse-forged.example");
            case 1 -> join(sound.location, utf8("."));
            case 2 -> new byte[0];
            default -> join(utf8("www."), sound.location);
        };
    }

    private byte[] otherId(int way) {
        byte[] changed = sound.id.clone();
        changed[changed.length - 1] ^= 1;
        return switch (way) {
            case 0 -> utf8("00000000-0000-4000-8000-000000000000");
            case 1 -> changed;
            case 2 -> join(sound.id, utf8("0"));
            default -> new byte[0];
        };
    }

    private byte[] otherSignature(int way) {
        byte[] ones = new byte[32];
        Arrays.fill(ones, (byte) -1);
        return switch (way) {
            case 0 -> new byte[32];
            case 1 -> ones;
            case 2 -> resigned(new byte[1]);
            case 3 -> resigned(sound.id);
            default -> Arrays.copyOf(sound.signature, 31);
        };
    }

    private byte[] resigned(byte[] rootKey) {
        LooseMacaroon other = LooseMacaroon.signed(rootKey, sound.location, sound.id);
        for (Part caveat : sound.caveats) {
            other = other.and(caveat);
        }
        return other.signature;
    }

    private Part unused() {
        for (int i = 0; ; i++) {
            byte[] text = utf8(harmless(i));
            if (sound.caveats.stream().noneMatch(caveat -> Arrays.equals(caveat.id(), text))) {
                return new Part(text);
            }
        }
    }

    private static List<Part> with(List<Part> caveats, Part more) {
        List<Part> all = new ArrayList<>(caveats);
        all.add(more);
        return all;
    }

    /** The same with one caveat more, so that there is something to remove and something to move, and then this done. */
    private LooseMacaroon otherCaveats(Forgery.Kind kind, int place) {
        LooseMacaroon longer = sound.and(unused());
        if (kind == Forgery.Kind.REORDERED_CAVEATS && sound.caveats.isEmpty()) {
            longer = longer.and("[0,99999999999,0]");
        }
        List<Part> caveats = new ArrayList<>(longer.caveats);
        int last = caveats.size() - 1;
        Part chosen = caveats.get(place % caveats.size());
        switch (kind) {
            case REMOVED_CAVEAT -> caveats.remove(chosen);
            case REPEATED_CAVEAT -> caveats.add(chosen);
            case REPLACED_CAVEAT -> caveats.set(place % caveats.size(), new Part("[0,99999999999,0]"));
            default -> caveats.add(0, caveats.remove(last - place % last));
        }
        return longer.withCaveats(caveats);
    }

    private Part thirdParty(int way) {
        byte[] location = utf8("https://gatehouse-forged.example");
        return new Part(utf8(harmless(0)), new byte[64], way == 0 ? location : null);
    }

    private static String overLong(int more) {
        int length = OVER_LONG + more;
        return harmless(0) + " ".repeat(length - harmless(0).length());
    }

    private LooseMacaroon tooMany() {
        LooseMacaroon many = sound;
        while (many.caveats.size() < TOO_MANY) {
            many = many.and(harmless(0));
        }
        return many;
    }

    private byte[] longLength(Span field) {
        byte[] head = Arrays.copyOf(raw, field.from());
        head[head.length - 1] |= (byte) 0x80;
        return join(head, new byte[1], Arrays.copyOfRange(raw, field.from(), raw.length));
    }
}
