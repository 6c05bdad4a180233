package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Phase;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Requirement;
import dev.gatehouse.policy.rule.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of a definition's content, whatever document it came from: equal definitions have equal digests. */
final class Digest {
    private final StringBuilder text = new StringBuilder();

    private Digest() {}

    static String of(PolicyDefinition definition) {
        Digest digest = new Digest();
        digest.add(definition);
        try {
            byte[] bytes = digest.text.toString().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java platform", e);
        }
    }

    private void add(PolicyDefinition definition) {
        add("policy", definition.name());
        add("revision", definition.revision());
        add("reviewed", definition.reviewed());
        add("lineage", definition.lineage());
        add("dropped", definition.dropped());
        add("ungated", definition.ungated());
        for (Vocabulary.Section section : Vocabulary.Section.values()) {
            definition.vocabulary().of(section).forEach((name, meaning) -> {
                add(section.key(), name);
                add("means", meaning);
            });
        }
        definition.requirements().forEach(this::add);
    }

    private void add(Requirement requirement) {
        add("requirement", requirement.id());
        add("actions", requirement.actions());
        add("except", requirement.except());
        add("when", requirement.when());
        add("unless", requirement.unless());
        add("demand", requirement.demand());
        add("remedy", requirement.remedy());
        add("message", requirement.message());
        add("notice", requirement.notice());
        for (Phase phase : requirement.phases()) {
            add("phase", phase);
        }
    }

    /** Each value with its length, so that no text can look like the beginning of another. */
    private void add(String key, Object value) {
        String shown = value.toString();
        text.append(key)
                .append(' ')
                .append(shown.length())
                .append(' ')
                .append(shown)
                .append('\n');
    }
}
