/** The ceremonies around the verifiers, and the administration of waivers and switches. */
@NullMarked
package dev.gatehouse.signin;

import org.jspecify.annotations.NullMarked;
