/** An authenticator in software: real registrations and assertions, and lying ones. */
@NullMarked
package dev.gatehouse.testkit.authenticator;

import org.jspecify.annotations.NullMarked;
