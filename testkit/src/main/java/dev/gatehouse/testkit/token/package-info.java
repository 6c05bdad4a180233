/** API tokens, valid, restricted and forged, and laws of whatever takes them or takes a proof once. */
@NullMarked
package dev.gatehouse.testkit.token;

import org.jspecify.annotations.NullMarked;
