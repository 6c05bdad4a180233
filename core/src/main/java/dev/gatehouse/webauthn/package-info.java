/**
 * WebAuthn Level 3: public-key credentials on security keys, phones and computers; their registration, and the assertions
 * that prove them.
 */
@NullMarked
package dev.gatehouse.webauthn;

import org.jspecify.annotations.NullMarked;
