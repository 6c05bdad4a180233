package dev.gatehouse.testkit.contract;

/**
 * How one call of a store goes wrong in a {@link FaultSweep}.
 *
 * <p>What may follow is the same for each: a store that did not truthfully answer lets nobody through, and nothing is spent twice. A
 * fault after which the store did answer truthfully may let somebody through, once.
 */
public enum StoreFault {
    /** It throws, and nothing was done. The caller is refused; the same proof is still good afterwards. */
    THROWS_BEFORE,
    /**
     * It is done, and then it throws: the answer is lost, as with a connection that breaks while a transaction commits. The caller is
     * refused, for nobody knows; what was spent stays spent, and who proves themselves has to begin again with another proof. What was
     * made is there, and whoever asks again finds it.
     */
    THROWS_AFTER,
    /**
     * It hangs, until the deadline that a driver or a pool has, and then throws; nothing was done. While it hangs the caller waits
     * with it, and gets no answer; afterwards it is as {@link #THROWS_BEFORE}. The test sets the deadline, no time passes.
     */
    HANGS,
    /**
     * It is done twice, as when something between here and the store sends it again, and answers what it answered the first time.
     * That answer is true: the caller may be let through. A write under a condition is not made by the second; a count may count two.
     */
    TWICE_FIRST_ANSWER,
    /**
     * It is done twice, and answers what it answered the second time, as when a driver tries again whose first try did succeed. A claim
     * or a compare-and-set then says that somebody was faster; that it was the same caller cannot be told, who is refused, and the
     * proof is spent.
     */
    TWICE_SECOND_ANSWER,
    /** It is done, and answers {@code null}. The caller is refused. */
    NULL,
    /** It is done, and answers that there is nothing where there is something. */
    EMPTY,
    /** It is done, and answers with what it answered somebody else: a row of another account. The caller is refused. */
    FOREIGN,
    /** It is done, and answers with more: rows of another account beside the right ones, or each row twice. */
    TOO_MUCH,
    /** It is done, and one of what it answers is {@code null}. */
    HOLED,
    /**
     * It is done, and answers with another word than the true one: another constant, another number. That something was not done is
     * believed; that something was done which was not is what no caller can find out, so the true answer has to be the good one.
     */
    OTHER;

    /** Whether the store has truthfully answered all the same. */
    public boolean isTruthful() {
        return this == TWICE_FIRST_ANSWER || this == TWICE_SECOND_ANSWER;
    }

    /** Whether the store answers, and not truthfully. */
    public boolean isLie() {
        return this == NULL || this == EMPTY || this == FOREIGN || this == TOO_MUCH || this == HOLED || this == OTHER;
    }
}
