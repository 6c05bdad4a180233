package dev.gatehouse.publisher;

import dev.gatehouse.internal.ClaimText;
import java.util.SortedSet;

/** ActiveState's {@code sub}: it begins with whole parts of what is registered; the rest is of no interest. PyPI's words. */
record SubjectCheck(Template template) implements ClaimCheck {
    static ClaimRule rule(String template) {
        return new ClaimRule(
                "sub", ClaimRule.Need.REQUIRED, ClaimRule.Comparison.PREFIX, new SubjectCheck(Template.of(template)));
    }

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
        if (actual.isEmpty()) {
            tell(matching, "Missing 'subject' claim", "");
        } else if (colons(actual) < colons(expected)) {
            tell(matching, "Invalid 'subject' claim. Wrong format", ": got " + ClaimText.of(actual));
        } else if (!actual.startsWith(expected) || (actual.length() > end && actual.charAt(end) != ':')) {
            tell(
                    matching,
                    "Invalid 'subject' claim",
                    ": expected " + ClaimText.of(expected) + ", got " + ClaimText.of(actual));
        }
    }

    private static void tell(Matching matching, String words, String detail) {
        matching.said("sub", PublisherMismatch.OTHER_VALUE, words + detail, words);
    }

    private static long colons(String text) {
        return text.chars().filter(c -> c == ':').count();
    }
}
