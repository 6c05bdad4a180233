/**
 * Recovery codes: eight codes of 64 bits for the day on which the second factor is lost, each good once.
 *
 * <p>{@link dev.gatehouse.recovery.RecoveryCodes} makes and counts them, {@link dev.gatehouse.recovery.RecoveryCodeVerifier} verifies
 * one and, when the login completes, uses it up.
 */
@NullMarked
package dev.gatehouse.recovery;

import org.jspecify.annotations.NullMarked;
