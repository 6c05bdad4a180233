/** Policies as TOML documents: reading with the place of every fault, writing, extending, and the presets shipped. */
@NullMarked
package dev.gatehouse.policy.document;

import org.jspecify.annotations.NullMarked;
