/**
 * Leaked tokens: reports of scanners that have found a token of this index where everybody can read it.
 *
 * <p>{@link dev.gatehouse.disclosure.LeakReports} takes what GitHub's secret scanning and deps.dev send, verifies its signature
 * over the bytes as they came, and revokes what is genuine; {@link dev.gatehouse.disclosure.DisclosureOrigin} says how each of them signs.
 */
@NullMarked
package dev.gatehouse.disclosure;

import org.jspecify.annotations.NullMarked;
