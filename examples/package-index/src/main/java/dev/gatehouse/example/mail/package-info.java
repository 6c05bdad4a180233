/** Mail of the example: what is said, the queue it waits in, and the mail server. */
@NullMarked
package dev.gatehouse.example.mail;

import org.jspecify.annotations.NullMarked;
