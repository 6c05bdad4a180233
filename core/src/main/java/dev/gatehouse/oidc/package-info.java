/**
 * Identity tokens of OpenID Connect: which issuers are listed, where their keys come from, and whether a token is one of theirs.
 *
 * <p>What the claims of a verified token are worth is said in {@link dev.gatehouse.publisher}.
 */
@NullMarked
package dev.gatehouse.oidc;

import org.jspecify.annotations.NullMarked;
