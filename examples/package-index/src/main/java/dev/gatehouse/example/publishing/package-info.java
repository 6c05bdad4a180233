/** Trusted publishing: what of it is this index's own, and a demonstration of a build service and of a scanner for leaked tokens. */
@NullMarked
package dev.gatehouse.example.publishing;

import org.jspecify.annotations.NullMarked;
