package dev.gatehouse.factor;

/** A stable code that names the first cause for which a proof was rejected; each verifier has an enum of its own. */
public interface RejectionCode {
    /** The code in upper case with underscores; part of the API. */
    String code();
}
