package dev.gatehouse.policy;

/**
 * One step of a program: look at some bits, and go on here or there. Immutable.
 *
 * @param facts the facts that must have been read
 * @param mask the lower bits that must all be set
 * @param none the lower bits of tests of which none may be true or unknown
 * @param unknownCounts all ones if an unknown test counts as true, otherwise zero
 * @param exit the bit of an exit that is taken by passing here, otherwise zero
 * @param yes the next step if the bits are set
 * @param no the next step if not
 */
record Step(long facts, long mask, long none, long unknownCounts, long exit, int yes, int no) {}
