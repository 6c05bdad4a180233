package dev.gatehouse.publisher;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One field of what an owner registers of a publisher: its name, how a form shows it, and what may be typed into it.
 *
 * <p>A field left empty is a setting that is not there. Immutable and thread-safe.
 */
public final class PublisherSetting {
    private final String name;
    private final String label;
    private final String help;
    private final @Nullable String missing;
    private final @Nullable String needs;
    private final boolean constraint;
    private final boolean ignoringCase;
    private final boolean list;
    private final int maxLength;
    private final String tooLong;
    private final List<String> choices;
    private final Function<? super String, Optional<String>> check;

    private PublisherSetting(Builder b) {
        this.name = b.name;
        this.label = b.label;
        this.help = b.help;
        this.missing = b.missing;
        this.needs = b.needs;
        this.constraint = b.constraint;
        this.ignoringCase = b.ignoringCase;
        this.list = b.list;
        this.maxLength = b.maxLength;
        this.tooLong = b.tooLong != null ? b.tooLong : b.label + " is too long";
        this.choices = b.choices;
        this.check = b.check;
    }

    /**
     * A builder of a field that may be left empty.
     *
     * @param name a lower-case word of 32 characters at most, the key in a form and in {@link PublisherSettings#values}
     * @param label what a form writes beside it, in English
     * @throws IllegalArgumentException if the name is no such word
     */
    public static Builder builder(String name, String label) {
        return new Builder(name, label);
    }

    /** The key in a form and in {@link PublisherSettings#values}. */
    public String name() {
        return name;
    }

    /** What a form writes beside it, in English. */
    public String label() {
        return label;
    }

    /** A sentence that explains it, in English; may be empty. */
    public String help() {
        return help;
    }

    /** Whether it has to be filled in. */
    public boolean required() {
        return missing != null;
    }

    /** Whether it only narrows: with it a publisher matches no run that it would not match without it. */
    public boolean constraint() {
        return constraint;
    }

    /** The values it may have, besides none; empty if it is free text. */
    public List<String> choices() {
        return choices;
    }

    /** Longest value in UTF-16 units. */
    public int maxLength() {
        return maxLength;
    }

    /** The setting that has to be there if this one is. */
    Optional<String> needs() {
        return Optional.ofNullable(needs);
    }

    /** The value in its normal form, empty if there is none or it is wrong; then the problem is told. */
    String read(@Nullable String typed, Consumer<? super SettingProblem> problems) {
        String problem = problem(typed);
        if (problem != null) {
            problems.accept(new SettingProblem(name, problem));
            return "";
        }
        String value = typed == null ? "" : ignoringCase ? Fold.lower(typed) : typed;
        return list ? String.join(",", new TreeSet<>(words(value))) : value;
    }

    private @Nullable String problem(@Nullable String typed) {
        if (typed == null || typed.isEmpty()) {
            return missing;
        }
        if (typed.length() > maxLength) {
            return tooLong;
        }
        List<String> all = list ? words(typed) : List.of(typed);
        if (all.isEmpty()) {
            return label + ": the list is empty";
        }
        for (String each : all) {
            if (!choices.isEmpty() && !choices.contains(each)) {
                return label + " must be " + String.join(" or ", choices);
            }
            Optional<String> wrong = check.apply(each);
            if (wrong.isPresent()) {
                return wrong.get();
            }
        }
        return null;
    }

    /** The words of a list, which commas and blanks divide. */
    static List<String> words(String list) {
        return java.util.Arrays.stream(list.split("[, ]"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    @Override
    public String toString() {
        return "PublisherSetting[" + name + (required() ? ", required" : "") + (constraint ? ", constraint" : "") + "]";
    }

    /** Builds a {@link PublisherSetting}; not thread-safe, may be reused. */
    public static final class Builder {
        private final String name;
        private final String label;
        private String help = "";
        private @Nullable String missing;
        private @Nullable String needs;
        private boolean constraint;
        private boolean ignoringCase;
        private boolean list;
        private int maxLength = 255;
        private @Nullable String tooLong;
        private List<String> choices = List.of();
        private Function<? super String, Optional<String>> check = typed -> Optional.empty();

        private Builder(String name, String label) {
            if (!PublisherSettings.WORD.matcher(name).matches() || name.equals("issuer")) {
                throw new IllegalArgumentException("name: a lower-case word of 32 characters at most, not 'issuer'");
            }
            this.name = name;
            this.label = Objects.requireNonNull(label, "label");
        }

        /** A sentence that explains it. */
        public Builder help(String text) {
            this.help = Objects.requireNonNull(text, "text");
            return this;
        }

        /** It has to be filled in; the text is told where it is not. */
        public Builder required(String text) {
            this.missing = Objects.requireNonNull(text, "text");
            return this;
        }

        /** It only narrows, and makes a publisher more specific. */
        public Builder constraint() {
            this.constraint = true;
            return this;
        }

        /** Where it is filled in, this other one has to be too. */
        public Builder needs(String other) {
            this.needs = Objects.requireNonNull(other, "other");
            return this;
        }

        /** Its normal form is in lower case, because the provider compares it without case. */
        public Builder ignoringCase() {
            this.ignoringCase = true;
            return this;
        }

        /** It holds words that commas or blanks divide; each is checked, and the normal form is sorted. */
        public Builder list() {
            this.list = true;
            return this;
        }

        /**
         * Longest value in UTF-16 units, 255 by default.
         *
         * @throws IllegalArgumentException if not 1 to {@value PublisherSettings#MAX_VALUE}
         */
        public Builder maxLength(int units, String text) {
            if (units < 1 || units > PublisherSettings.MAX_VALUE) {
                throw new IllegalArgumentException("units: not 1 to " + PublisherSettings.MAX_VALUE);
            }
            this.maxLength = units;
            this.tooLong = Objects.requireNonNull(text, "text");
            return this;
        }

        /** The values it may have, besides none. */
        public Builder choices(List<String> all) {
            this.choices = List.copyOf(all);
            return this;
        }

        /** Says what is wrong with what was typed (never empty or too long); must be pure, thread-safe and linear. */
        public Builder check(Function<? super String, Optional<String>> problem) {
            this.check = Objects.requireNonNull(problem, "problem");
            return this;
        }

        public PublisherSetting build() {
            return new PublisherSetting(this);
        }
    }
}
