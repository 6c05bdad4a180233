/** Measurements of what the package keeps to itself; nothing here is published. */
@NullMarked
package dev.gatehouse.webauthn;

import org.jspecify.annotations.NullMarked;
