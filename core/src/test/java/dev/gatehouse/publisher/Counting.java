package dev.gatehouse.publisher;

/** A text that counts how often one of its characters is looked at. */
final class Counting implements CharSequence {
    private final String text;
    private final long[] steps;

    Counting(String text) {
        this(text, new long[1]);
    }

    private Counting(String text, long[] steps) {
        this.text = text;
        this.steps = steps;
    }

    long steps() {
        return steps[0];
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        steps[0]++;
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new Counting(text.substring(start, end), steps);
    }

    @Override
    public String toString() {
        return text;
    }
}
