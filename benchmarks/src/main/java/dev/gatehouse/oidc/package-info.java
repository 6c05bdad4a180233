/** The parts of the benchmarks that have to be where the package's own code is. */
@NullMarked
package dev.gatehouse.oidc;

import org.jspecify.annotations.NullMarked;
