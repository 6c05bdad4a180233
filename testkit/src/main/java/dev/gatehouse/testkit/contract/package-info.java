/** Contracts of the interfaces to what must be remembered, each an abstract test class that an implementation extends. */
@NullMarked
package dev.gatehouse.testkit.contract;

import org.jspecify.annotations.NullMarked;
