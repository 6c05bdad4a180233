package dev.gatehouse.policy.document;

import dev.gatehouse.policy.rule.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** What is wrong with one document, collected while it is read. */
final class Problems {
    /** More faults than this help nobody, and would cost a hostile document's reader much time. */
    private static final int MOST = 1000;
    /** Fewer, so that no number of warnings keeps an error out: a document is refused by the errors that are kept. */
    private static final int MOST_WARNINGS = 500;
    /** Characters of a text at most: it may quote what the document says. */
    private static final int LONGEST = 500;

    private final List<DocumentFinding> found = new ArrayList<>();
    private int warnings;
    private final List<String> broken = new ArrayList<>();

    void error(String code, String path, Position at, String text) {
        broken(path);
        add(Finding.error(code, path, text), at);
    }

    /** Says that something is wrong here which another finding has told already. */
    void broken(String path) {
        if (broken.size() < MOST) {
            broken.add(path);
        }
    }

    void warning(String code, String path, Position at, String text) {
        add(Finding.warning(code, path, text), at);
    }

    void add(Finding finding, Position at) {
        boolean error = finding.severity() == Finding.Severity.ERROR;
        if (!isFull() && (error || warnings < MOST_WARNINGS)) {
            warnings += error ? 0 : 1;
            Finding shown = new Finding(finding.code(), finding.severity(), cut(finding.path()), cut(finding.text()));
            found.add(new DocumentFinding(shown, at.file(), at.line(), at.column()));
        }
    }

    private static String cut(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return text.substring(0, end) + "...";
    }

    /** Whether no more is kept. */
    boolean isFull() {
        return found.size() >= MOST;
    }

    /** Whether something at or below the path could not be read. */
    boolean isBroken(String path) {
        return broken.stream().anyMatch(b -> Locations.isAtOrBelow(b, path));
    }

    boolean anyBroken(Predicate<String> path) {
        return broken.stream().anyMatch(path);
    }

    boolean hasErrors() {
        return found.stream().anyMatch(DocumentFinding::isError);
    }

    /** Everything found: first that of the file, in the order of the text, then that of its parents. */
    List<DocumentFinding> sorted(String file) {
        return found.stream()
                .distinct()
                .sorted(Comparator.comparing((DocumentFinding f) -> !f.file().equals(file))
                        .thenComparing(DocumentFinding::file)
                        .thenComparing(DocumentFinding::line)
                        .thenComparing(DocumentFinding::column)
                        .thenComparing(DocumentFinding::code)
                        .thenComparing(DocumentFinding::text))
                .toList();
    }
}
