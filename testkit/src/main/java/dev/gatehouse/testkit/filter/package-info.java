/** A contract of a running index behind its filter, seen from outside: over HTTP, with no servlet types. */
@NullMarked
package dev.gatehouse.testkit.filter;

import org.jspecify.annotations.NullMarked;
