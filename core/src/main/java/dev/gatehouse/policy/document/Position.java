package dev.gatehouse.policy.document;

/** A place in a document; line and column count from 1, columns in Unicode code points, a tab is one. */
record Position(String file, int line, int column) {
    static Position start(String file) {
        return new Position(file, 1, 1);
    }
}
