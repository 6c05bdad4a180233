/**
 * Time-based one-time passwords, RFC 6238: verification with replay protection, enrolment, the {@code otpauth} URI and its
 * QR code.
 */
@NullMarked
package dev.gatehouse.totp;

import org.jspecify.annotations.NullMarked;
