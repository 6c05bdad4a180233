/** Secret bytes, and their sealing at rest with keys that the host gives. */
@NullMarked
package dev.gatehouse.secret;

import org.jspecify.annotations.NullMarked;
