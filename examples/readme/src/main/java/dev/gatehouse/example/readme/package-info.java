/** The code blocks of the README: each is a region of a file here, compiled and run by the build. */
@NullMarked
package dev.gatehouse.example.readme;

import org.jspecify.annotations.NullMarked;
