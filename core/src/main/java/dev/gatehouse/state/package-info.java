/** What must be remembered for a short while, and by which store: {@link dev.gatehouse.state.EphemeralState}. */
@NullMarked
package dev.gatehouse.state;

import org.jspecify.annotations.NullMarked;
