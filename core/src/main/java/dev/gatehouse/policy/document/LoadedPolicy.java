package dev.gatehouse.policy.document;

import dev.gatehouse.policy.rule.Finding;
import dev.gatehouse.policy.rule.PolicyDefinition;
import java.util.List;

/**
 * A definition with its documents' warnings, and the place of each of its parts. Immutable and thread-safe.
 *
 * <p>Where the document extends another, what it inherits stands at its place in that one.
 */
public final class LoadedPolicy {
    private final String file;
    private final PolicyDefinition definition;
    private final Locations locations;
    private final List<DocumentFinding> warnings;

    LoadedPolicy(String file, PolicyDefinition definition, Locations locations, List<DocumentFinding> warnings) {
        this.file = file;
        this.definition = definition;
        this.locations = locations;
        this.warnings = List.copyOf(warnings);
    }

    /** The effective definition, with everything that was inherited. */
    public PolicyDefinition definition() {
        return definition;
    }

    /** What is remarkable and no error, in the order of the document. */
    public List<DocumentFinding> warnings() {
        return warnings;
    }

    /**
     * Gives a finding about this definition its place in the document.
     *
     * <p>The place is that of the finding's path, or of the nearest part around it that is written down.
     */
    public DocumentFinding locate(Finding finding) {
        Position at = locations.find(finding.path(), Position.start(file));
        return new DocumentFinding(finding, at.file(), at.line(), at.column());
    }

    /** The name and revision by which other documents extend this one. */
    String reference() {
        return definition.name() + "/" + definition.revision();
    }

    Locations locations() {
        return locations;
    }

    @Override
    public String toString() {
        return definition + " from " + file;
    }
}
