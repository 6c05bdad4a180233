package dev.gatehouse.totp;

import java.util.Optional;

/**
 * A code as a person typed it, freed of white space and known to be ASCII digits.
 *
 * @param length number of digits, leading zeros among them
 * @param value the digits as a number; two codes of the same length are equal exactly if their values are
 */
record CodeInput(int length, int value) {
    /** Longest input looked at, white space included. */
    static final int MAX_INPUT = 64;

    private static final int MAX_DIGITS = 9;

    /** Reads an input; empty if it is too long or anything but digits. {@code Integer.parseInt} takes signs and more. */
    static Optional<CodeInput> read(String text) {
        if (text.length() > MAX_INPUT) {
            return Optional.empty();
        }
        String dense = WhiteSpace.removedFrom(text);
        if (dense.isEmpty() || dense.length() > MAX_DIGITS) {
            return Optional.empty();
        }
        int value = 0;
        for (int i = 0; i < dense.length(); i++) {
            char c = dense.charAt(i);
            if (c < '0' || c > '9') {
                return Optional.empty();
            }
            value = 10 * value + (c - '0');
        }
        return Optional.of(new CodeInput(dense.length(), value));
    }

    @Override
    public String toString() {
        return "CodeInput[" + length + " digits]";
    }
}
