package dev.gatehouse.policy.document;

import dev.gatehouse.internal.LogText;
import dev.gatehouse.policy.rule.Finding;
import java.util.Locale;
import java.util.Objects;

/**
 * A finding with the place in the document where its key stands.
 *
 * @param finding code, severity, path and text
 * @param file the name under which the document was given to the reader, or {@code name/revision} of a preset
 * @param line from 1
 * @param column from 1, in Unicode code points; a tab is one
 */
public record DocumentFinding(Finding finding, String file, int line, int column) {
    public DocumentFinding {
        Objects.requireNonNull(finding, "finding");
        Objects.requireNonNull(file, "file");
    }

    /** The code of the policy model, {@code P01} to {@code P53}. */
    public String code() {
        return finding.code();
    }

    /** The model's words, filled in. */
    public String text() {
        return finding.text();
    }

    /** Whether the document cannot be used. */
    public boolean isError() {
        return finding.severity() == Finding.Severity.ERROR;
    }

    /** One line as compilers print them, {@code file:line:column: error P20: text}; control characters are escaped. */
    @Override
    public String toString() {
        String severity = finding.severity().name().toLowerCase(Locale.ROOT);
        return LogText.oneLine(file + ":" + line + ":" + column + ": " + severity + " " + code() + ": " + text());
    }
}
