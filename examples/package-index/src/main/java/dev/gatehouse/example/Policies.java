package dev.gatehouse.example;

import dev.gatehouse.factor.FactorClass;
import dev.gatehouse.factor.FactorSelector;
import dev.gatehouse.policy.document.DocumentFinding;
import dev.gatehouse.policy.document.InvalidDocumentException;
import dev.gatehouse.policy.document.LoadedPolicy;
import dev.gatehouse.policy.document.PolicyDocuments;
import dev.gatehouse.policy.document.Presets;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Condition;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Requirement;
import dev.gatehouse.policy.rule.Vocabulary;
import dev.gatehouse.policy.rule.Vocabulary.Section;
import dev.gatehouse.policy.rule.Within;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The policy of the index: a shipped one or a document, and what this index asks of its administrators on top. */
final class Policies {
    static final String ADMIN_REQUIREMENT = "administration-needs-fresh-factor";

    private static final Logger LOG = LoggerFactory.getLogger(Policies.class);
    private static final Duration ADMIN_WINDOW = Duration.ofMinutes(15);

    private Policies() {}

    /** The policy that an option names. */
    static PolicyDefinition load(String name) throws Options.InvalidOptionsException {
        LoadedPolicy loaded = read(name);
        for (DocumentFinding warning : loaded.warnings()) {
            LOG.warn("{}", warning);
        }
        PolicyDefinition definition = withModes(loaded.definition());
        if (definition.requirement(ADMIN_REQUIREMENT).isPresent()) {
            return definition;
        }
        return definition.toBuilder().requirement(administration()).build();
    }

    /**
     * What owners may ask for of their projects, where the policy has no word of its own on it. Releases are deleted in a session here,
     * after a fresh proof as ever, so that the second mode is about uploads alone.
     */
    private static PolicyDefinition withModes(PolicyDefinition definition) {
        if (definition.ungated().contains(Action.PUBLISH_RELEASE.group())) {
            return definition;
        }
        PolicyDefinition modes = Presets.load("project-modes/1");
        List<String> flags = List.of("project.trusted-publishing-only", "project.disallow-tokens");
        Vocabulary vocabulary = definition.vocabulary();
        if (flags.stream().anyMatch(flag -> definition.vocabulary().declares(Section.FLAGS, flag))) {
            return definition;
        }
        for (String flag : flags) {
            vocabulary = vocabulary.with(
                    Section.FLAGS,
                    flag,
                    Objects.requireNonNull(modes.vocabulary().of(Section.FLAGS).get(flag)));
        }
        Requirement tokens = modes.requirement("tokens-are-disallowed").orElseThrow();
        return definition.toBuilder()
                .vocabulary(vocabulary)
                .requirement(modes.requirement("trusted-publishing-only").orElseThrow())
                .requirement(Requirement.builder(
                                tokens.id(),
                                List.of(Action.PUBLISH_RELEASE.id(), Action.PUBLISH_FILE.id()),
                                tokens.demand())
                        .when(tokens.when())
                        .message(tokens.message().orElseThrow())
                        .build())
                .build();
    }

    private static LoadedPolicy read(String name) throws Options.InvalidOptionsException {
        String preset =
                Presets.names().contains(name) ? name : Presets.newest(name).orElse(null);
        try {
            if (preset != null) {
                return PolicyDocuments.standard().preset(preset);
            }
            if (Files.isReadable(Path.of(name))) {
                return PolicyDocuments.standard().read(Path.of(name));
            }
        } catch (InvalidDocumentException e) {
            throw new Options.InvalidOptionsException("the policy is not valid: " + e.getMessage());
        } catch (IOException e) {
            throw new Options.InvalidOptionsException("cannot read the policy " + name);
        }
        throw new Options.InvalidOptionsException("no file '" + name + "', and no such policy; there are "
                + Presets.names().stream()
                        .map(each -> each.substring(0, each.indexOf('/')))
                        .distinct()
                        .collect(Collectors.joining(", ")));
    }

    /** Flipping switches and giving waivers is for those who have just proven a second factor. */
    private static Requirement administration() {
        return Requirement.builder(
                        ADMIN_REQUIREMENT,
                        List.of("admin"),
                        Condition.all(
                                new Atom.Proven(FactorSelector.ofClasses(FactorClass.ANY), Within.of(ADMIN_WINDOW))))
                .message("Prove your second factor again to continue.")
                .build();
    }
}
