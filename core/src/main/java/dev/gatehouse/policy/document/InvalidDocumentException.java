package dev.gatehouse.policy.document;

import java.util.List;
import java.util.stream.Collectors;

/** Thrown when a document cannot be used; holds every error and warning found, not only the first. */
public final class InvalidDocumentException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<DocumentFinding> findings;

    InvalidDocumentException(List<DocumentFinding> findings) {
        super(findings.stream().map(DocumentFinding::toString).collect(Collectors.joining("\n")));
        this.findings = List.copyOf(findings);
    }

    /** Every finding, in the order of the document; those of a parent document follow. At least one is an error. */
    public List<DocumentFinding> findings() {
        return findings;
    }
}
