/** A package index that requires two-factor authentication the way PyPI does. */
@NullMarked
package dev.gatehouse.example;

import org.jspecify.annotations.NullMarked;
