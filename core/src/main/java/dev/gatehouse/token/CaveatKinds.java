package dev.gatehouse.token;

import dev.gatehouse.internal.StrictJson;
import dev.gatehouse.token.CaveatFields.Invalid;
import dev.gatehouse.token.CaveatReading.NotUnderstood;
import dev.gatehouse.token.CaveatReading.Understood;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of caveat that a verifier understands; everything else is refused.
 *
 * <p>A caveat is a JSON array {@code [tag, field, ...]}, strict JSON without duplicate keys and with nothing behind it. PyPI's
 * four older forms, JSON objects, are read too, with exactly their keys. Immutable and thread-safe.
 */
public final class CaveatKinds {
    private static final CaveatKinds STANDARD = new CaveatKinds(StandardCaveat.kinds());
    private static final int MAX_TAG = 999_999_999;

    private static final NotUnderstood NOT_JSON = new NotUnderstood("unknown error");
    private static final NotUnderstood NOT_AN_ARRAY = new NotUnderstood("caveat must be an array");
    private static final NotUnderstood EMPTY = new NotUnderstood("caveat array cannot be empty");
    private static final NotUnderstood MISSING = new NotUnderstood("Not enough values");
    private static final NotUnderstood WRONG_TYPE = new NotUnderstood("invalid values for fields");

    private final Map<Integer, CaveatKind> kinds;

    private CaveatKinds(Map<Integer, CaveatKind> kinds) {
        this.kinds = Map.copyOf(kinds);
    }

    /** PyPI's kinds 0 to 4, and address range, single use and two-factor authentication at minting. */
    public static CaveatKinds standard() {
        return STANDARD;
    }

    /**
     * These kinds and one more.
     *
     * @throws IllegalArgumentException if the tag is taken or out of bounds
     */
    public CaveatKinds with(CaveatKind kind) {
        if (kind.tag() < 0 || kind.tag() > MAX_TAG) {
            throw new IllegalArgumentException("kind: tag " + kind.tag() + " is not 0 to " + MAX_TAG);
        }
        Map<Integer, CaveatKind> more = new TreeMap<>(kinds);
        if (more.putIfAbsent(kind.tag(), kind) != null) {
            throw new IllegalArgumentException("kind: tag " + kind.tag() + " is taken");
        }
        return new CaveatKinds(more);
    }

    /** Reads the text of a caveat; never throws for one. */
    public CaveatReading read(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return read(bytes, 0, bytes.length);
    }

    /** Reads the bytes of a caveat: plain ones by a small reader, whatever it leaves by Jackson. */
    CaveatReading read(byte[] bytes, int from, int to) {
        List<Object> plain = PlainCaveatReader.read(bytes, from, to);
        return plain != null ? caveat(plain) : readJson(bytes, from, to);
    }

    CaveatReading readJson(byte[] bytes, int from, int to) {
        Object value = StrictJson.read(bytes, from, to);
        if (value == StrictJson.MALFORMED) {
            return NOT_JSON;
        }
        if (value instanceof List<?> list) {
            return caveat(list);
        }
        if (value instanceof Map<?, ?> map) {
            Caveat legacy = LegacyCaveats.read(map);
            return legacy == null ? NOT_AN_ARRAY : new Understood(legacy);
        }
        return NOT_AN_ARRAY;
    }

    private CaveatReading caveat(List<? extends @Nullable Object> array) {
        if (array.isEmpty()) {
            return EMPTY;
        }
        if (!(array.get(0) instanceof Long tag)) {
            return new NotUnderstood("caveat has unknown tag");
        }
        CaveatKind kind = tag < 0 || tag > MAX_TAG ? null : kinds.get(tag.intValue());
        if (kind == null) {
            return new NotUnderstood("caveat has unknown tag: " + tag);
        }
        try {
            Caveat caveat = kind.read(new CaveatFields(array));
            return caveat == null ? NOT_JSON : new Understood(caveat);
        } catch (Invalid e) {
            return e.isMissing() ? MISSING : WRONG_TYPE;
        } catch (IllegalArgumentException e) {
            return WRONG_TYPE;
        } catch (RuntimeException e) {
            return NOT_JSON;
        }
    }
}
