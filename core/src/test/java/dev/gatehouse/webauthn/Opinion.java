package dev.gatehouse.webauthn;

/** An independent verifier. */
interface Opinion {
    /** Returns normally if it accepts the row; throws whatever it throws if not. */
    void check(VectorRow row) throws Exception;

    /** What it says of a row: {@code ACCEPTED}, or the name of what it threw. */
    default String of(VectorRow row) {
        try {
            check(row);
            return Verdicts.ACCEPTED;
        } catch (Exception e) {
            return e.getClass().getSimpleName();
        }
    }
}
