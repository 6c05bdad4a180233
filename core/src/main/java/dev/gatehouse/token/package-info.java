/**
 * API tokens in PyPI's form: macaroons that the holder can narrow without asking, checked signature first.
 *
 * <p>{@link dev.gatehouse.token.ApiTokens} mints, verifies and revokes; {@link dev.gatehouse.token.ApiTokenRepository} is what
 * a host's store has to be; {@link dev.gatehouse.token.CaveatKinds} says which restrictions are understood. Whether a token
 * that verifies is enough for what is asked is the policy's business.
 */
@NullMarked
package dev.gatehouse.token;

import org.jspecify.annotations.NullMarked;
