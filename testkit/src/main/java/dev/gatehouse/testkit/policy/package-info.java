/**
 * Laws to hold one's own policy against, and generators of everything a policy is asked about.
 *
 * <p>Implement {@link dev.gatehouse.testkit.policy.PolicyLaws} with one method that returns the policy. For laws of one's
 * own, jqwik fills parameters such as {@code @ForAll AccessRequest} by itself, and
 * {@link dev.gatehouse.testkit.policy.PolicyArbitraries} makes requests and instants near every bound of a given policy.
 */
@NullMarked
package dev.gatehouse.testkit.policy;

import org.jspecify.annotations.NullMarked;
