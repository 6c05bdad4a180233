/** What a policy is made of: requirements, conditions, phases, vocabulary. */
@NullMarked
package dev.gatehouse.policy.rule;

import org.jspecify.annotations.NullMarked;
