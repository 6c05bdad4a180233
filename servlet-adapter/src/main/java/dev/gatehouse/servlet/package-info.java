/**
 * A {@code jakarta.servlet} filter that holds every request to a Gatehouse policy, and the answers that its clients
 * understand.
 *
 * <p>{@link dev.gatehouse.servlet.TwoFactorFilter} is the entry. What it needs of a host is an {@link
 * dev.gatehouse.servlet.IndexLayout} (which path does what) and an {@link dev.gatehouse.servlet.IndexHost} (who is asking).
 * Anything that is not listed is refused; anything that fails is answered 503 and not passed on.
 */
@NullMarked
package dev.gatehouse.servlet;

import org.jspecify.annotations.NullMarked;
