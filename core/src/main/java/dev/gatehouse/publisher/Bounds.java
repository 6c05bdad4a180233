package dev.gatehouse.publisher;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Bounds of what publishers are made of. */
final class Bounds {
    static final int MAX_PINS = 16;
    static final int MAX_TEXT = 255;

    /** Names of claims, some of which are URLs. */
    private static final Pattern PIN = Pattern.compile("[\\x21-\\x3c\\x3e-\\x7e]{1,255}");

    private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1,64}");

    private Bounds() {}

    static String id(String id, String parameter) {
        check(ID.matcher(id).matches(), parameter, "1 to 64 visible ASCII characters");
        return id;
    }

    /** An id or name that the host has given. */
    static String hostId(String id, String parameter) {
        check(
                !id.isBlank() && id.length() <= MAX_TEXT && id.indexOf('\0') < 0,
                parameter,
                "blank or over 255 characters");
        return id;
    }

    static SortedMap<String, String> pins(Map<String, String> pins) {
        check(pins.size() <= MAX_PINS, "pins", "more than " + MAX_PINS);
        pins.forEach((name, value) -> {
            check(PIN.matcher(name).matches(), "pins", "a name that is not visible ASCII without '='");
            hostId(value, "pins");
        });
        return Collections.unmodifiableSortedMap(new TreeMap<>(pins));
    }

    private static void check(boolean holds, String parameter, String what) {
        if (!holds) {
            throw new IllegalArgumentException(parameter + ": " + what);
        }
    }
}
