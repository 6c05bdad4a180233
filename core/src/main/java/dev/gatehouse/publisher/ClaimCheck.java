package dev.gatehouse.publisher;

import dev.gatehouse.internal.ClaimText;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How one claim, which is there, is compared; see the factories of {@link ClaimRule}. */
interface ClaimCheck {

    /** Compares; whatever does not fit is told. */
    void check(Matching matching, ClaimRule rule);

    /** The settings it compares with. */
    default SortedSet<String> settings() {
        return Collections.emptySortedSet();
    }

    /** For an optional rule: whether the owner has set what it compares with. */
    default boolean applies(Matching matching, ClaimRule rule) {
        return settings().stream().anyMatch(name -> matching.setting(name) != null);
    }

    /** It is this. */
    record Equal(Template template, boolean ignoringCase) implements ClaimCheck {
        @Override
        public SortedSet<String> settings() {
            return template.settings();
        }

        @Override
        public void check(Matching matching, ClaimRule rule) {
            String expected = matching.expected(rule, template);
            String actual = matching.comparable(rule);
            if (expected != null && actual != null && !Fold.equal(expected, actual, ignoringCase)) {
                matching.different(rule, expected, actual);
            }
        }
    }

    /** It is one name, or a path of two; each can be renamed while its id stays. */
    record Name(
            String parent,
            String parentId,
            @Nullable String child,
            @Nullable String childId) implements ClaimCheck {
        static Name of(String parent, String parentId, @Nullable String child, @Nullable String childId) {
            return new Name(parent, parentId, child, childId);
        }

        @Override
        public SortedSet<String> settings() {
            TreeSet<String> names = new TreeSet<>(Set.of(parent));
            if (child != null) {
                names.add(child);
            }
            return Collections.unmodifiableSortedSet(names);
        }

        @Override
        public void check(Matching matching, ClaimRule rule) {
            String place = child == null ? "{" + parent + "}" : "{" + parent + "}/{" + child + "}";
            String expected = matching.expected(rule, Template.of(place));
            String actual = matching.comparable(rule);
            if (expected == null || actual == null) {
                return;
            }
            int slash = child == null ? actual.length() : actual.lastIndexOf('/');
            if (slash <= 0 || (child != null && slash == actual.length() - 1)) {
                matching.different(rule, expected, actual);
                return;
            }
            boolean same = is(matching, rule, parent, parentId, actual.substring(0, slash));
            if (child != null && childId != null) {
                same &= is(matching, rule, child, childId, actual.substring(slash + 1));
            }
            if (!same) {
                matching.different(rule, expected, actual);
            }
        }

        private static boolean is(Matching matching, ClaimRule rule, String setting, String id, String actual) {
            String registered = String.valueOf(matching.setting(setting));
            if (Fold.equal(registered, actual, true)) {
                return !matching.isRenamed(setting);
            }
            return matching.isPinned(id) && matching.renamed(rule.claim(), setting, actual);
        }
    }

    /** It is this, or begins with it and the separator. */
    record Prefix(Template template, char separator, boolean ignoringCase) implements ClaimCheck {
        @Override
        public SortedSet<String> settings() {
            return template.settings();
        }

        @Override
        public void check(Matching matching, ClaimRule rule) {
            String expected = matching.expected(rule, template);
            String actual = matching.comparable(rule);
            if (expected == null || actual == null) {
                return;
            }
            int end = expected.length();
            if (!Fold.startsWith(actual, 0, expected, ignoringCase)
                    || (actual.length() > end && actual.charAt(end) != separator)) {
                matching.different(rule, expected, actual);
            }
        }
    }

    /** It is the id that was pinned; the first one is pinned. */
    record Pin() implements ClaimCheck {
        @Override
        public boolean applies(Matching matching, ClaimRule rule) {
            return matching.pin(rule.claim()) != null || matching.claims().has(rule.claim());
        }

        @Override
        public void check(Matching matching, ClaimRule rule) {
            String actual = matching.comparable(rule);
            if (actual == null) {
                return;
            }
            String pin = matching.pin(rule.claim());
            if (actual.isEmpty() || actual.length() > PublisherProvider.MAX_PIN) {
                matching.fail(
                        rule,
                        PublisherMismatch.MALFORMED_CLAIM,
                        "not 1 to " + PublisherProvider.MAX_PIN + " characters");
            } else if (pin == null) {
                matching.pinNow(rule.claim(), actual);
            } else if (!pin.equals(actual)) {
                matching.fail(
                        rule,
                        PublisherMismatch.OTHER_ID,
                        "registered with " + ClaimText.of(pin) + ", got " + ClaimText.of(actual)
                                + "; whoever has the name today is not who registered it");
            }
        }
    }

    /** It is the JSON value true, or false. */
    record Flag(boolean expected) implements ClaimCheck {
        @Override
        public void check(Matching matching, ClaimRule rule) {
            if (matching.claims().flag(rule.claim()).isEmpty()) {
                matching.fail(
                        rule,
                        PublisherMismatch.MALFORMED_CLAIM,
                        "it is " + matching.claims().kind(rule.claim()));
            } else if (matching.claims().flag(rule.claim()).get() != expected) {
                matching.fail(rule, PublisherMismatch.OTHER_VALUE, "it is " + !expected);
            }
        }
    }

    /** It is an array of texts that holds this one. */
    record Element(Template template) implements ClaimCheck {
        @Override
        public SortedSet<String> settings() {
            return template.settings();
        }

        @Override
        public void check(Matching matching, ClaimRule rule) {
            String expected = matching.expected(rule, template);
            List<String> all = matching.claims().texts(rule.claim()).orElse(null);
            if (all == null) {
                matching.fail(
                        rule,
                        PublisherMismatch.MALFORMED_CLAIM,
                        "it is " + matching.claims().kind(rule.claim()) + " and not an array of texts");
            } else if (expected != null && !all.contains(expected)) {
                matching.fail(
                        rule,
                        PublisherMismatch.OTHER_VALUE,
                        "expected " + ClaimText.of(expected) + " among " + all.size());
            }
        }
    }

    /** It is one of the words that the setting lists, or none of them. */
    record Words(String setting, boolean among) implements ClaimCheck {
        @Override
        public SortedSet<String> settings() {
            return Collections.unmodifiableSortedSet(new TreeSet<>(Set.of(setting)));
        }

        @Override
        public void check(Matching matching, ClaimRule rule) {
            String listed = matching.setting(setting);
            String actual = matching.comparable(rule);
            if (listed != null
                    && actual != null
                    && PublisherSetting.words(listed).contains(actual) != among) {
                matching.fail(
                        rule,
                        PublisherMismatch.OTHER_VALUE,
                        (among ? "expected one of " : "refused are ") + ClaimText.of(listed) + ", got "
                                + ClaimText.of(actual));
            }
        }
    }

    /** It is none of these, whoever the publisher is. */
    record Never(SortedSet<String> refused) implements ClaimCheck {
        @Override
        public void check(Matching matching, ClaimRule rule) {
            String actual = matching.comparable(rule);
            if (actual != null && refused.contains(actual)) {
                String text = "Publishing from a workflow invoked via " + "'" + actual + "' is not supported.";
                matching.said(rule.claim(), PublisherMismatch.DANGEROUS_TRIGGER, text, text);
            }
        }
    }

    /** It is there, or not looked at. */
    record Nothing() implements ClaimCheck {
        @Override
        public void check(Matching matching, ClaimRule rule) {
            // That it is there has been checked before.
        }
    }
}
