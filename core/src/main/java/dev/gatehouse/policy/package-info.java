/** The question and the answer: {@link dev.gatehouse.policy.TwoFactorPolicy}, its requests and its decisions. */
@NullMarked
package dev.gatehouse.policy;

import org.jspecify.annotations.NullMarked;
