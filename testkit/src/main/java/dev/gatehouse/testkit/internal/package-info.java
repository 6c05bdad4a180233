/** What several packages of the testkit share; not exported. */
@NullMarked
package dev.gatehouse.testkit.internal;

import org.jspecify.annotations.NullMarked;
