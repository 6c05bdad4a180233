package dev.gatehouse.policy;

/** Whose flags, numbers and dates a test is about. */
enum Owner {
    ACCOUNT("account"),
    PROJECT("project"),
    ORGANIZATION("organization"),
    RELEASE("release");

    private final String word;

    Owner(String word) {
        this.word = word;
    }

    /** The prefix of its names in the vocabulary. */
    String word() {
        return word;
    }

    ThingFacts of(AccessRequest request) {
        return switch (this) {
            case ACCOUNT -> request.account();
            case PROJECT -> request.project();
            case ORGANIZATION -> request.organization();
            case RELEASE -> request.release();
        };
    }

    boolean mayBeAbsent(AccessRequest request) {
        return switch (this) {
            case ACCOUNT -> AtAction.mayLackAccount(request.credential());
            case PROJECT -> AtAction.mayLackProject(request.action());
            case ORGANIZATION -> false;
            case RELEASE -> !AtAction.hasRelease(request.action());
        };
    }
}
