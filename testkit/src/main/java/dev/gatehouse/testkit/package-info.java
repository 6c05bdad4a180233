/**
 * Contracts of everything a host may replace, and the fakes that tests need.
 *
 * <p>A contract is an abstract JUnit 5 class: extend it, say how the implementation is made, and run it.
 */
@NullMarked
package dev.gatehouse.testkit;

import org.jspecify.annotations.NullMarked;
