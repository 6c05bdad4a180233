package dev.gatehouse.publisher;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.regex.Pattern;

/** The constraints that providers have in common: names, labels and what may be typed. */
final class RunSettings {
    static final String ENVIRONMENT = "environment";
    static final String REF_TYPE = "ref-type";
    static final String REF_PATTERN = "ref-pattern";
    static final String REF_PROTECTED = "ref-protected";
    static final String EVENTS = "events";
    static final String EVENTS_REFUSED = "events-refused";
    static final String RUNNER = "runner";
    static final String ACTOR_ID = "actor-id";
    static final String RENAMES = "renames";

    private static final Pattern EVENT = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");

    private RunSettings() {}

    static PublisherSetting environment(boolean ignoringCase) {
        PublisherSetting.Builder setting = PublisherSetting.builder(ENVIRONMENT, "Environment name")
                .help("Only runs that deploy to this environment, which can demand a reviewer.")
                .constraint()
                .maxLength(255, "Environment name is too long")
                .check(RunSettings::environmentProblem);
        return (ignoringCase ? setting.ignoringCase() : setting).build();
    }

    private static Optional<String> environmentProblem(String typed) {
        if (Character.isWhitespace(typed.charAt(0))) {
            return Optional.of("Environment name may not start with whitespace");
        }
        if (Character.isWhitespace(typed.charAt(typed.length() - 1))) {
            return Optional.of("Environment name may not end with whitespace");
        }
        for (int i = 0; i < typed.length(); i++) {
            char c = typed.charAt(i);
            if (Character.isISOControl(c) || "'\"`,;\\".indexOf(c) >= 0) {
                return Optional.of("Environment name must not contain non-printable characters or the characters "
                        + "\"'\", \"\"\", \"`\", \",\", \";\", \"\\\"");
            }
        }
        return Optional.empty();
    }

    static PublisherSetting refType() {
        return PublisherSetting.builder(REF_TYPE, "Type of ref")
                .help("Only runs for a branch, or only for a tag. A pull request's ref is neither.")
                .constraint()
                .choices(List.of(RunRef.BRANCH, RunRef.TAG))
                .build();
    }

    static PublisherSetting refPattern() {
        return PublisherSetting.builder(REF_PATTERN, "Ref pattern")
                .help("Only branches or tags with a name of this form; * stands for any characters.")
                .constraint()
                .needs(REF_TYPE)
                .maxLength(Glob.MAX_LENGTH, "Ref pattern is too long")
                .check(Glob::problem)
                .build();
    }

    static PublisherSetting refProtected() {
        return PublisherSetting.builder(REF_PROTECTED, "Protected refs only")
                .help("Only branches and tags that the provider says are protected.")
                .constraint()
                .choices(List.of("true"))
                .build();
    }

    static PublisherSetting events(SortedSet<String> never) {
        return words(EVENTS, "Events")
                .help("Only runs that one of these events started.")
                .check(typed -> never.contains(typed)
                        ? Optional.of("Publishing from a workflow invoked via '" + typed + "' is not supported.")
                        : eventProblem(typed))
                .build();
    }

    static PublisherSetting eventsRefused() {
        return words(EVENTS_REFUSED, "Events refused")
                .help("No runs that one of these events started.")
                .check(RunSettings::eventProblem)
                .build();
    }

    private static Optional<String> eventProblem(String typed) {
        return EVENT.matcher(typed).matches() ? Optional.empty() : Optional.of("Invalid event name");
    }

    static PublisherSetting runner(List<String> values) {
        return PublisherSetting.builder(RUNNER, "Kind of runner")
                .help("Only runs on machines of this kind.")
                .constraint()
                .choices(values)
                .build();
    }

    static PublisherSetting actorId() {
        return words(ACTOR_ID, "Actor ids")
                .help("Only runs that one of these accounts started, by their immutable ids.")
                .check(typed -> ID.matcher(typed).matches() ? Optional.empty() : Optional.of("Invalid actor id"))
                .build();
    }

    static PublisherSetting renames() {
        return PublisherSetting.builder(RENAMES, "After a rename")
                .help(
                        "Whether the publisher still counts when the repository or its owner has another name and the same id.")
                .constraint()
                .choices(List.of("refuse"))
                .build();
    }

    private static PublisherSetting.Builder words(String name, String label) {
        return PublisherSetting.builder(name, label)
                .constraint()
                .list()
                .maxLength(PublisherSettings.MAX_VALUE, label + ": the list is too long");
    }
}
