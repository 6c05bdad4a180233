/** The catalogue of the example: projects, releases, files, the simple API and what an upload holds. */
@NullMarked
package dev.gatehouse.example.index;

import org.jspecify.annotations.NullMarked;
