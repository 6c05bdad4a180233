/**
 * Trusted publishing: who a run of a build service is, proven by a verified identity token of {@link dev.gatehouse.oidc},
 * and what it may publish.
 *
 * <p>{@link dev.gatehouse.publisher.PublisherProvider} is the table of one service's claims;
 * {@link dev.gatehouse.publisher.PublisherSettings} is what an owner registers of it. Whether a run that matches may publish is
 * the policy's business.
 */
@NullMarked
package dev.gatehouse.publisher;

import org.jspecify.annotations.NullMarked;
