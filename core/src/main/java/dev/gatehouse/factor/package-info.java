/** What a second factor is, the evidence that one was proven, and the result of a verification: values only. */
@NullMarked
package dev.gatehouse.factor;

import org.jspecify.annotations.NullMarked;
