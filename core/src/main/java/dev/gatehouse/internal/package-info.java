/** Shared by the packages of the core; not exported. */
@NullMarked
package dev.gatehouse.internal;

import org.jspecify.annotations.NullMarked;
