package dev.gatehouse.policy.document;

import java.util.List;

/** Small documents for tests, and what reading one says. */
final class Documents {
    private Documents() {}

    /** The four lines with which every test document begins; the next line is the fifth. */
    static final String HEAD = "gatehouse-policy = 1\nname = \"test\"\nrevision = 1\nzone = \"America/New_York\"\n";

    /** A requirement without fault that takes the given lines in addition; they begin at line 9 of the document. */
    static String with(String... lines) {
        return HEAD + "[requirement.x]\nactions = [\"publish\"]\ndemand.enrolled = \"any\"\nmessage = \"m\"\n"
                + String.join("\n", lines) + "\n";
    }

    /** The lines after the head; they begin at line 5 of the document. */
    static String document(String... lines) {
        return HEAD + String.join("\n", lines) + "\n";
    }

    /** Each finding as {@code line:column code text}, warnings marked; empty if there is none. */
    static List<String> findings(String text) {
        return findings(PolicyDocuments.standard(), text);
    }

    static List<String> findings(PolicyDocuments documents, String text) {
        try {
            return documents.read("test.toml", text).warnings().stream()
                    .map(Documents::line)
                    .toList();
        } catch (InvalidDocumentException e) {
            return e.findings().stream().map(Documents::line).toList();
        }
    }

    private static String line(DocumentFinding finding) {
        String file = finding.file().equals("test.toml") ? "" : finding.file() + ":";
        return file + finding.line() + ":" + finding.column() + (finding.isError() ? " " : " warning ") + finding.code()
                + " " + finding.text();
    }
}
